package io.quantumtrader.topology.universe;

import static io.quantumtrader.topology.Given.HOUR;
import static io.quantumtrader.topology.Given.MINUTE;
import static io.quantumtrader.topology.Given.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.InstrumentStatus;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.GlobalTables;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.StreamsSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The lists of symbols through the whole sub-topology: states and the clock in, lists and decisions
 * out.
 */
final class UniverseSubtopologyTest {

  private static final String STATES = "states-in";

  @TempDir Path directory;
  private RecordSerdes serdes;
  private TopologyTestDriver driver;

  @BeforeEach
  void openDriver() {
    serdes = new RecordSerdes(Map.of("schema.registry.url", "mock://universe-sub-topology"));
    StreamsSettings settings =
        new StreamsSettings(
            Map.of(
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                "none:0",
                StreamsConfig.STATE_DIR_CONFIG,
                directory.toString()));
    StreamsBuilder builder = new StreamsBuilder();
    GlobalTables.add(builder, serdes, settings.globalTables());
    UniverseTopology universe = new UniverseTopology(serdes);
    universe.begin(
        builder,
        // The market state topic is the global table's; the sub-topology gets states from upstream.
        builder.stream(
            STATES,
            Consumed.with(Serdes.String(), serdes.of(MarketState.class)).withName("states")),
        builder.stream(
            Topic.CLOCK.topicName(),
            Consumed.with(Serdes.String(), serdes.of(Clock.class)).withName("clock")));
    Topology topology = builder.build(settings.properties());
    universe.complete(topology);
    driver = new TopologyTestDriver(topology, settings.properties(), Instant.ofEpochMilli(NOON));
  }

  @AfterEach
  void closeDriver() {
    driver.close();
    serdes.close();
  }

  private <V extends SpecificRecord> void send(
      String topic, Class<V> type, String key, V value, long timeMs) {
    driver
        .createInputTopic(topic, new StringSerializer(), serdes.of(type).serializer())
        .pipeInput(key, value, timeMs);
  }

  private void state(String symbol, long asOfMs) {
    MarketState state = Given.state(symbol).setAsOfMs(asOfMs).setSigma(0.001).setTs(0.1).build();
    send(STATES, MarketState.class, symbol, state, asOfMs);
  }

  private void states(int count, long asOfMs) {
    for (int n = 0; n < count; n++) {
      state("S" + (char) ('A' + n), asOfMs);
    }
  }

  private void instrument(String symbol, InstrumentStatus status) {
    Instrument value = Given.instrument(symbol).setStatus(status).build();
    send(Topic.INSTRUMENT.topicName(), Instrument.class, symbol, value, NOON);
  }

  private void policy(Policy policy) {
    send(Topic.POLICY.topicName(), Policy.class, policy.getName(), policy, NOON);
  }

  private void clock(long nowMs) {
    send(Topic.CLOCK.topicName(), Clock.class, "0", Given.clock(nowMs), nowMs);
  }

  private List<TestRecord<String, Universe>> lists() {
    return driver
        .createOutputTopic(
            Topic.UNIVERSE.topicName(),
            new StringDeserializer(),
            serdes.of(Universe.class).deserializer())
        .readRecordsToList();
  }

  private List<List<String>> listed() {
    return lists().stream().map(list -> list.value().getSymbols()).toList();
  }

  private List<TestRecord<String, Decision>> decisions() {
    return driver
        .createOutputTopic(
            Topic.DECISION.topicName(),
            new StringDeserializer(),
            serdes.of(Decision.class).deserializer())
        .readRecordsToList();
  }

  @Test
  void shouldRankOnTheClockOnlyOnceTenSymbolsAreWarm() {
    // given
    clock(NOON);
    states(9, NOON);
    clock(NOON + MINUTE);
    state("SJ", NOON + MINUTE);
    assertThat(lists()).isEmpty();

    // when
    clock(NOON + 2 * MINUTE);

    // then
    List<TestRecord<String, Universe>> lists = lists();
    assertThat(lists).hasSize(1);
    assertThat(lists.getFirst().key()).isEqualTo("top10");
    assertThat(lists.getFirst().timestamp()).isEqualTo(NOON + 2 * MINUTE);
    Universe top = lists.getFirst().value();
    assertThat(top.getName()).isEqualTo("top10");
    assertThat(top.getAsOfMs()).isEqualTo(NOON + 2 * MINUTE);
    assertThat(top.getCode()).isEqualTo("UNIVERSE_RANKED");
    assertThat(top.getMaxSymbols()).isEqualTo(10);
    assertThat(top.getMinSigma()).isBetween(0.0006, 0.0007);
    assertThat(top.getMinTs()).isBetween(0.038, 0.039);
    assertThat(top.getSymbols())
        .containsExactly("SA", "SB", "SC", "SD", "SE", "SF", "SG", "SH", "SI", "SJ");
    assertThat(top.getRanking()).hasSize(10);
  }

  @Test
  void shouldRankAnHourAfterItsFirstStepWhateverIsWarm() {
    // given
    clock(NOON - MINUTE);
    state("BTCUSDT", NOON + 58 * MINUTE);
    clock(NOON + 59 * MINUTE - 1);
    assertThat(lists()).isEmpty();

    // when
    clock(NOON + 59 * MINUTE);

    // then
    assertThat(listed()).containsExactly(List.of("BTCUSDT"));
  }

  @Test
  void shouldRankAgainAtTheFullHourFromFreshStates() {
    // given
    states(10, NOON);
    clock(NOON + MINUTE);
    lists();
    state("SB", NOON + HOUR - MINUTE);
    clock(NOON + HOUR - 1);
    assertThat(lists()).isEmpty();

    // when
    clock(NOON + HOUR);
    clock(NOON + HOUR + MINUTE);

    // then
    assertThat(listed()).containsExactly(List.of("SB"));
  }

  @Test
  void shouldSayThatNothingMayBeOpened() {
    // given
    states(10, NOON - HOUR);

    // when
    clock(NOON);

    // then
    Universe top = lists().getFirst().value();
    assertThat(top.getSymbols()).isEmpty();
    assertThat(top.getCode()).isEqualTo("UNIVERSE_EMPTY");
    assertThat(decisions().getFirst().value().getCode()).isEqualTo("UNIVERSE_EMPTY");
  }

  @Test
  void shouldRecordEachRankWithItsNumbersAndPolicy() {
    // given
    policy(Policy.newBuilder().setVersion(4).setUniverseSize(3).build());
    states(10, NOON);

    // when
    clock(NOON);

    // then
    TestRecord<String, Decision> record = decisions().getFirst();
    Decision decision = record.value();
    assertThat(record.key()).isEqualTo("*");
    assertThat(record.timestamp()).isEqualTo(NOON);
    assertThat(decision.getAccount()).isEqualTo("*");
    assertThat(decision.getStage()).isEqualTo("universe");
    assertThat(decision.getVerdict()).isEqualTo(Verdict.RECORDED);
    assertThat(decision.getCode()).isEqualTo("UNIVERSE_RANKED");
    assertThat(decision.getCauseType()).isEqualTo(CauseType.CLOCK);
    assertThat(decision.getPolicyVersion()).isEqualTo(4);
    assertThat(decision.getNumbers())
        .extracting(number -> number.getName() + "=" + number.getValue())
        .contains("fresh=10", "passed=10", "listed=3");
    assertThat(lists().getFirst().value().getSymbols()).hasSize(3);
  }

  @Test
  void shouldListWhatTradesWheneverThatChanges() {
    // given
    clock(NOON);
    instrument("ETHUSDT", InstrumentStatus.TRADING);
    instrument("BTCUSDT", InstrumentStatus.TRADING);
    instrument("XUSDT", InstrumentStatus.BREAK);
    assertThat(lists()).isEmpty();

    // when
    clock(NOON + MINUTE);
    clock(NOON + MINUTE + 30_000);
    instrument("ETHUSDT", InstrumentStatus.BREAK);
    clock(NOON + MINUTE + 31_000);

    // then
    List<TestRecord<String, Universe>> lists = lists();
    assertThat(lists).extracting(TestRecord::key).containsExactly("active", "active");
    assertThat(lists.getFirst().value().getSymbols()).containsExactly("BTCUSDT", "ETHUSDT");
    assertThat(lists.getFirst().value().getCode()).isEqualTo("UNIVERSE_ACTIVE");
    assertThat(lists.getFirst().value().getAsOfMs()).isEqualTo(NOON + MINUTE);
    assertThat(lists.getLast().value().getSymbols()).containsExactly("BTCUSDT");
  }

  @Test
  void shouldConfirmTheListOfWhatTradesEachMinute() {
    // given
    instrument("BTCUSDT", InstrumentStatus.TRADING);
    clock(NOON + MINUTE);

    // when
    clock(NOON + 2 * MINUTE - 1);
    clock(NOON + 2 * MINUTE);
    clock(NOON + 2 * MINUTE + 1);
    clock(NOON + 3 * MINUTE);

    // then
    assertThat(lists())
        .extracting(list -> list.value().getAsOfMs())
        .containsExactly(NOON + MINUTE, NOON + 2 * MINUTE, NOON + 3 * MINUTE);
  }

  @Test
  void shouldCountANewInstrumentFromTheStepAfterItCame() {
    // given: published with the step of noon, of what closed a minute before
    Instrument value = Given.instrument("ETHUSDT").setAsOfMs(NOON - MINUTE).build();
    send(Topic.INSTRUMENT.topicName(), Instrument.class, "ETHUSDT", value, NOON);

    // then: whether the step of noon saw it is chance, so it does not count there
    clock(NOON);
    assertThat(lists()).isEmpty();
    clock(NOON + MINUTE);
    assertThat(lists().getFirst().value().getSymbols()).containsExactly("ETHUSDT");
  }

  @Test
  void shouldBringStatesAndClockTogetherThroughNamedTopics() {
    // when
    states(1, NOON);
    clock(NOON);

    // then
    assertThat(driver.producedTopicNames())
        .filteredOn(topic -> topic.endsWith("-repartition"))
        .containsExactlyInAnyOrder(
            StreamsSettings.APPLICATION_ID + "-" + Names.UNIVERSE_STATE + "-repartition",
            StreamsSettings.APPLICATION_ID + "-" + Names.UNIVERSE_CLOCK + "-repartition");
  }
}
