package io.quantumtrader.topology.wiring;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.export.LiveNumbers;
import io.quantumtrader.topology.export.NodeNumbers;
import io.quantumtrader.topology.export.QuantumExport;
import io.quantumtrader.topology.export.TopologyExport;
import io.quantumtrader.topology.export.TopologyExport.NodeKind;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The numbers in the picture, against the records that went through. */
final class LiveNumbersTest extends WiringTest {

  /** Sinks are not measured: their numbers follow from which node each record was named for. */
  @Test
  void shouldCountAtEachTopicWhatWasWrittenThere() {
    // given
    pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");
    pipeline.intent(Given.intent("one more"));
    pipeline.pass(1000);

    // when
    TopologyExport export = QuantumExport.of(PartitionCounts.DEFAULT);
    LiveNumbers numbers = LiveNumbers.of(export, pipeline.driver().meters().snapshot());
    Map<String, Long> counted = new TreeMap<>();
    export.subtopologies().stream()
        .flatMap(subtopology -> subtopology.nodes().stream())
        .filter(node -> node.kind() == NodeKind.SINK)
        .forEach(
            sink ->
                counted.merge(
                    sink.topics().get(0),
                    numbers.of(sink.name()).map(NodeNumbers::in).orElse(-1L),
                    Long::sum));

    // then
    Map<String, Long> written = new TreeMap<>();
    counted.keySet().forEach(topic -> written.put(topic, pipeline.driver().writtenTo(topic)));
    assertThat(counted).isEqualTo(written);
    assertThat(written.values()).filteredOn(count -> count > 0).hasSizeGreaterThan(5);
  }
}
