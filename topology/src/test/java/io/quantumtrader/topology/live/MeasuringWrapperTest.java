package io.quantumtrader.topology.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.topology.export.NodeNumbers;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

/** The wrapper counts what went through each node and changes nothing of it. */
final class MeasuringWrapperTest {

  private static final List<String> LINES = List.of("a b", "", "b", "a b c");

  private final NodeMeters meters = new NodeMeters();

  private Properties settings(boolean measured) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "words");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:0");
    if (measured) {
      settings.put(StreamsConfig.PROCESSOR_WRAPPER_CLASS_CONFIG, MeasuringWrapper.class);
      settings.put(NodeMeters.SETTING, meters);
    }
    return settings;
  }

  /** Has processors of Streams that cast their context to what is not public, the count too. */
  private static Topology words(Properties settings) {
    StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(settings)));
    builder.stream("lines", Consumed.with(Serdes.String(), Serdes.String()).withName("line-source"))
        .process(Split::new, Named.as("split"))
        .process(Words::new, Named.as("words"))
        .groupBy((key, word) -> word, Grouped.with("by-word", Serdes.String(), Serdes.String()))
        .count(Named.as("count"), Materialized.as("counts"))
        .toStream(Named.as("changes"))
        .mapValues(count -> Long.toString(count), Named.as("as-text"))
        .to("counted", Produced.with(Serdes.String(), Serdes.String()).withName("count-sink"));
    return builder.build(settings);
  }

  private static final class Split extends ContextualProcessor<String, String, String, String> {
    @Override
    public void process(Record<String, String> line) {
      for (String word : line.value().split(" ", -1)) {
        context().forward(line.withValue(word));
      }
    }
  }

  private static final class Words extends ContextualProcessor<String, String, String, String> {
    @Override
    public void process(Record<String, String> word) {
      if (!word.value().isEmpty()) {
        context().forward(word);
      }
    }
  }

  private static void measure(NodeMeter meter, Runnable processing) {
    NodeMeter.Span span = meter.begin();
    processing.run();
    meter.end(span);
  }

  private static List<KeyValue<String, String>> run(Properties settings) {
    try (TopologyTestDriver driver = new TopologyTestDriver(words(settings), settings)) {
      var in = driver.createInputTopic("lines", new StringSerializer(), new StringSerializer());
      IntStream.range(0, LINES.size()).forEach(i -> in.pipeInput("k", LINES.get(i), i));
      return driver
          .createOutputTopic("counted", new StringDeserializer(), new StringDeserializer())
          .readKeyValuesToList();
    }
  }

  @Test
  void shouldChangeNothing() {
    List<KeyValue<String, String>> plain = run(settings(false));
    assertThat(plain).hasSize(6);
    assertThat(run(settings(true))).isEqualTo(plain);
  }

  @Test
  void shouldNameEverythingAsBefore() {
    assertThat(words(settings(true)).describe().toString())
        .isEqualTo(words(settings(false)).describe().toString());
  }

  @Test
  void shouldCountWhatComesInAndGoesOut() {
    // when
    run(settings(true));

    // then
    Map<String, NodeNumbers> numbers = meters.snapshot();
    assertThat(numbers.get("split").in()).isEqualTo(4);
    assertThat(numbers.get("split").out()).isEqualTo(7);
    assertThat(numbers.get("words").in()).isEqualTo(7);
    assertThat(numbers.get("words").out()).isEqualTo(6);
    assertThat(numbers).containsOnlyKeys("split", "words");
  }

  @Test
  void shouldTakeTheNodesInsideOffTheOneOutside() {
    // given: a clock that goes on when it is told to
    AtomicLong nanos = new AtomicLong();
    NodeMeter outside = new NodeMeter(nanos::get);
    NodeMeter inside = new NodeMeter(nanos::get);

    // when: 3 before, 20 and then 300 inside, 4000 after
    measure(
        outside,
        () -> {
          nanos.addAndGet(3);
          measure(inside, () -> nanos.addAndGet(20));
          measure(inside, () -> nanos.addAndGet(300));
          nanos.addAndGet(4000);
        });

    // then
    assertThat(inside.numbers().nanos()).isEqualTo(320);
    assertThat(outside.numbers().nanos()).isEqualTo(4003);
  }

  @Test
  void shouldTellNodesBesideEachOtherFromNodesInside() {
    // given
    AtomicLong nanos = new AtomicLong();
    NodeMeter first = new NodeMeter(nanos::get);
    NodeMeter second = new NodeMeter(nanos::get);

    // when
    measure(first, () -> nanos.addAndGet(7));
    measure(second, () -> nanos.addAndGet(50));

    // then
    assertThat(first.numbers().nanos()).isEqualTo(7);
    assertThat(second.numbers().nanos()).isEqualTo(50);
  }
}
