package io.quantumtrader.topology.live;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.ProcessorWrapper;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.WrappedFixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.WrappedProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Measures each processor and changes nothing: no record, no store, no name. For {@code
 * processor.wrapper.class}; the meters come with the configuration under {@link
 * NodeMeters#SETTING}. Sources and sinks are no processors; what went through them follows from
 * their neighbours. Scheduled punctuations are not measured.
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
    NodeMeter meter = meters.of(name);
    return new WrappedProcessorSupplier<>() {
      @Override
      public Processor<KIn, VIn, KOut, VOut> get() {
        return new Measured<>(supplier.get(), meter);
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
    NodeMeter meter = meters.of(name);
    return new WrappedFixedKeyProcessorSupplier<>() {
      @Override
      public FixedKeyProcessor<KIn, VIn, VOut> get() {
        return new MeasuredFixedKey<>(supplier.get(), meter);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return supplier.stores();
      }
    };
  }

  private record Measured<KIn, VIn, KOut, VOut>(
      Processor<KIn, VIn, KOut, VOut> inner, NodeMeter meter)
      implements Processor<KIn, VIn, KOut, VOut> {
    @Override
    public void init(ProcessorContext<KOut, VOut> context) {
      inner.init(CountingContext.of(context, meter));
    }

    @Override
    public void process(Record<KIn, VIn> record) {
      meter.measure(() -> inner.process(record));
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  private record MeasuredFixedKey<KIn, VIn, VOut>(
      FixedKeyProcessor<KIn, VIn, VOut> inner, NodeMeter meter)
      implements FixedKeyProcessor<KIn, VIn, VOut> {
    @Override
    public void init(FixedKeyProcessorContext<KIn, VOut> context) {
      inner.init(CountingContext.of(context, meter));
    }

    @Override
    public void process(FixedKeyRecord<KIn, VIn> record) {
      meter.measure(() -> inner.process(record));
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
