package io.quantumtrader.topology.live;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.ProcessorWrapper;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.WrappedFixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.WrappedProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Measures each stage and changes nothing: no record, no store, no name. For {@code
 * processor.wrapper.class}; the meters come with the configuration under {@link
 * NodeMeters#SETTING}. Kafka's own metrics count at sources only, so this is done here. Sources,
 * sinks, and what the DSL puts between two sub-topologies, are not measured: what went through them
 * follows from their neighbours. Scheduled punctuations are not measured either.
 */
public final class MeasuringWrapper implements ProcessorWrapper {

  private NodeMeters meters = new NodeMeters();

  @Override
  public void configure(Map<String, ?> configuration) {
    if (configuration.get(NodeMeters.SETTING) instanceof NodeMeters given) {
      meters = given;
    }
  }

  @Override
  public <KIn, VIn, KOut, VOut>
      WrappedProcessorSupplier<KIn, VIn, KOut, VOut> wrapProcessorSupplier(
          String name, ProcessorSupplier<KIn, VIn, KOut, VOut> supplier) {
    return new WrappedProcessorSupplier<>() {
      @Override
      public Processor<KIn, VIn, KOut, VOut> get() {
        Processor<KIn, VIn, KOut, VOut> processor = supplier.get();
        return isOfStreams(processor) ? processor : new Measured<>(processor, meters.of(name));
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return supplier.stores();
      }
    };
  }

  @Override
  public <KIn, VIn, VOut>
      WrappedFixedKeyProcessorSupplier<KIn, VIn, VOut> wrapFixedKeyProcessorSupplier(
          String name, FixedKeyProcessorSupplier<KIn, VIn, VOut> supplier) {
    return ProcessorWrapper.asWrappedFixedKey(supplier);
  }

  /** They cast their context to what is no public API, so they cannot be given another. */
  private static boolean isOfStreams(Object processor) {
    return processor.getClass().getName().startsWith("org.apache.kafka.");
  }

  private record Measured<KIn, VIn, KOut, VOut>(
      Processor<KIn, VIn, KOut, VOut> inner, NodeMeter meter)
      implements Processor<KIn, VIn, KOut, VOut> {
    @Override
    public void init(ProcessorContext<KOut, VOut> context) {
      inner.init(new CountingContext<>(context, meter));
    }

    @Override
    public void process(Record<KIn, VIn> record) {
      NodeMeter.Span span = meter.begin();
      try {
        inner.process(record);
      } finally {
        meter.end(span);
      }
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
