package io.quantumtrader.connectors.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.quantumtrader.connectors.redis.source.KeyReader;
import io.quantumtrader.connectors.redis.source.Output;
import io.quantumtrader.connectors.redis.source.RedisSourceConfig;
import io.quantumtrader.connectors.redis.source.SourceMapping;
import io.quantumtrader.connectors.redis.source.StreamEntry;
import io.quantumtrader.connectors.redis.source.StreamId;
import io.quantumtrader.connectors.redis.source.UnreadableEntryException;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What the old streams and keys become. */
final class LegacySourceTest {

  private static final Map<String, String> SETTINGS =
      Map.of("schema.registry.url", "mock://legacy-source");
  private static final StreamId ID = new StreamId(1_773_499_990_000L, 0);

  private static TradeIntent intent(IntentEntries reader, String... fields) {
    reader.configure(Topic.TRADE_INTENT.topicName(), SETTINGS);
    List<StreamEntry.Field> entry = new ArrayList<>();
    for (int i = 0; i < fields.length; i += 2) {
      entry.add(
          new StreamEntry.Field(
              fields[i].getBytes(StandardCharsets.UTF_8),
              fields[i + 1].getBytes(StandardCharsets.UTF_8)));
    }
    List<Output> outputs = reader.read(new StreamEntry("stream", ID, entry));
    assertThat(outputs).hasSize(1);
    TradeIntent intent = read(outputs.get(0), TradeIntent.class);
    assertThat(outputs.get(0).key()).isEqualTo(intent.getAccount());
    reader.close();
    return intent;
  }

  private static <T extends SpecificRecord> T read(Output output, Class<T> type) {
    try (RecordSerdes serdes = new RecordSerdes(SETTINGS)) {
      return serdes.of(type).deserializer().deserialize(output.topic(), (byte[]) output.value());
    }
  }

  @Test
  void shouldReadTheSameIntentFromEveryEnvelope() {
    String json = "{\"symbol\":\"ETHUSDT\",\"side\":\"BUY\",\"qty\":\"0.5\",\"account\":\"alpha\"}";

    TradeIntent flat =
        intent(
            new TradeIntentEntries(),
            "symbol",
            "ETHUSDT",
            "side",
            "BUY",
            "qty",
            "0.5",
            "account",
            "alpha");

    assertThat(intent(new TradeIntentEntries(), "payload", json)).isEqualTo(flat);
    assertThat(intent(new TradeIntentEntries(), "data", json)).isEqualTo(flat);
    assertThat(flat.getIntentId()).isEqualTo("1773499990000-0");
    assertThat(flat.getAccount()).isEqualTo("alpha");
    assertThat(flat.getCreatedAtMs()).isEqualTo(ID.millis());
  }

  @Test
  void shouldReadBothGenerationsOfTheAutonomousTraderAsMargin() {
    TradeIntent first =
        intent(
            new TradeIntentEntries(),
            "intent_type",
            "AUTONOMOUS_ENTRY",
            "symbol",
            "BTCUSDT",
            "action",
            "BUY",
            "position_usd",
            "300.0",
            "leverage",
            "2.0",
            "tp_pct",
            "2.0",
            "sl_pct",
            "1.0");
    TradeIntent second =
        intent(
            new TradeIntentEntries(),
            "symbol",
            "BTCUSDT",
            "position_size_usd",
            "300.0",
            "leverage",
            "2.0",
            "stop_loss",
            "1.0",
            "take_profit",
            "2.0",
            "intent_type",
            "AUTONOMOUS_ENTRY",
            "action",
            "BUY");

    assertThat(second).isEqualTo(first);
    assertThat(first.getSizing()).isEqualTo(Sizing.MARGIN);
    assertThat(first.getStopLossPct()).isEqualTo(1.0);
  }

  @Test
  void shouldTakeAnOperatorsPlanAsReduceOnlyUnlessItSaysOtherwise() {
    TradeIntent close =
        intent(
            new ManualPlanEntries(),
            "plan_id",
            "p",
            "symbol",
            "BTCUSDT",
            "side",
            "SELL",
            "qty",
            "0.1",
            "timestamp",
            "1000");
    TradeIntent open =
        intent(
            new ManualPlanEntries(),
            "symbol",
            "BTCUSDT",
            "side",
            "BUY",
            "qty",
            "0.1",
            "reduceOnly",
            "false",
            "leverage",
            "3");

    assertThat(close.getReduceOnly()).isTrue();
    assertThat(close.getIntentId()).isEqualTo("manual-1773499990000-0");
    assertThat(close.getCreatedAtMs()).isEqualTo(ID.millis());
    assertThat(open.getReduceOnly()).isFalse();
    assertThat(open.getLeverage()).isEqualTo(3.0);
    assertThat(open.getAmount()).isEqualByComparingTo(new BigDecimal("0.1"));
  }

  @Test
  void shouldCloseAllOrTheQuantityThatAnAgentSent() {
    TradeIntent all =
        intent(
            new HarvestIntentEntries(),
            "symbol",
            "BTCUSDT",
            "action",
            "CLOSE",
            "percentage",
            "1.0",
            "entry_price",
            "100",
            "reason",
            "stop",
            "timestamp",
            "1773499980");
    TradeIntent part =
        intent(
            new HarvestIntentEntries(),
            "symbol",
            "BTCUSDT",
            "action",
            "PARTIAL_CLOSE",
            "percentage",
            "0.5",
            "quantity",
            "0.2");

    assertThat(all.getAction()).isEqualTo(IntentAction.CLOSE);
    assertThat(all.getSizing()).isEqualTo(Sizing.NONE);
    assertThat(all.getReduceOnly()).isTrue();
    assertThat(all.getCreatedAtMs()).isEqualTo(1_773_499_980_000L);
    assertThat(all.getIntentId()).isEqualTo("harvest-1773499990000-0");
    assertThat(part.getSizing()).isEqualTo(Sizing.QUANTITY);
    assertThat(part.getAmount()).isEqualByComparingTo(new BigDecimal("0.2"));
  }

  @ParameterizedTest
  @CsvSource({
    "PARTIAL_CLOSE, 0.5, 0.5",
    "CLOSE, 0.3, 0.3",
    "PARTIAL_CLOSE_25, 1.0, 0.25",
    "PARTIAL_CLOSE_30, '', 0.3"
  })
  void shouldCloseTheFractionThatAnAgentSent(String action, String sent, BigDecimal fraction) {
    TradeIntent part =
        intent(
            new HarvestIntentEntries(), "symbol", "BTCUSDT", "action", action, "percentage", sent);

    assertThat(part.getAction()).isEqualTo(IntentAction.CLOSE);
    assertThat(part.getReduceOnly()).isTrue();
    assertThat(part.getSizing()).isEqualTo(Sizing.FRACTION);
    assertThat(part.getAmount()).isEqualByComparingTo(fraction);
  }

  @Test
  void shouldReportAFieldThatNobodyKnowsWithWhoSentIt() {
    Logger logger = (Logger) LoggerFactory.getLogger(UnknownFields.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try {
      intent(new TradeIntentEntries(), "symbol", "BTCUSDT", "lev", "3", "source", "my-bot");
    } finally {
      logger.detachAppender(log);
    }

    assertThat(log.list)
        .singleElement()
        .satisfies(event -> assertThat(event.getArgumentArray()).containsExactly("lev", "my-bot"));
  }

  @Test
  void shouldMakeIntentsOfSignalsThatTheGovernorSizes() {
    TradeIntent signal =
        intent(
            new SignalEntries(),
            "payload",
            "{\"symbol\":\"BTCUSDT\",\"action\":\"BUY\",\"confidence\":0.8,\"price\":71000.5}",
            "timestamp",
            "2026-03-14T14:53:09Z");

    assertThat(signal.getIntentId()).isEqualTo("signal-1773499990000-0");
    assertThat(signal.getSource()).isEqualTo("signal");
    assertThat(signal.getSizing()).isEqualTo(Sizing.NONE);
    assertThat(signal.getPrice()).isEqualByComparingTo("71000.5");
    assertThat(signal.getCreatedAtMs()).isEqualTo(1_773_499_989_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream:ai.signal_generated", "stream:live_signals"})
  void shouldReadSignalsOnlyWhereTheyAreSwitchedOn(String signals) {
    SourceSettings settings = SourceSettings.of("redis://localhost", "http://localhost");

    assertThat(streams(settings)).doesNotContain(signals);
    assertThat(streams(settings.withStreamsOn(List.of(signals)))).contains(signals);
    assertThatThrownBy(() -> streams(settings.withStreamsOn(List.of("stream:no_such"))))
        .hasMessageContaining("no stream stream:no_such");
  }

  private static List<String> streams(SourceSettings settings) {
    return new RedisSourceConfig(LegacyContract.sourceConfiguration(settings))
        .mapping().streams().stream().map(SourceMapping.StreamSpec::stream).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "symbol=BTCUSDT;action=PARTIAL_CLOSE, SIZE_MISSING",
    "symbol=BTCUSDT;action=CLOSE;percentage=0, FIELD_INVALID",
    "symbol=BTCUSDT;action=CLOSE;percentage=nan, FIELD_INVALID",
    "symbol=BTCUSDT;action=HOLD, ACTION_UNKNOWN",
    "action=CLOSE, FIELD_MISSING"
  })
  void shouldRefuseACloseThatCannotBeOne(String fields, String reason) {
    assertThatThrownBy(() -> intent(new HarvestIntentEntries(), fields.split("[=;]", -1)))
        .isInstanceOfSatisfying(
            UnreadableEntryException.class, why -> assertThat(why.reason()).isEqualTo(reason));
  }

  @ParameterizedTest
  @CsvSource({
    "'','',ACTIVE",
    "1,'',HALTED",
    "1,LOCKDOWN,HALTED",
    "'',LOCKDOWN,REDUCING",
    "0,LOCKDOWN,REDUCING",
    "yes,'',HALTED",
    "'',FREEZE,HALTED",
    "0,normal,ACTIVE"
  })
  void shouldTakeTheStricterOfBothKeysAndTheStrictestForWhatItDoesNotKnow(
      String kill, String mode, TradingState state) {
    assertThat(ControlKeys.state(Map.of("kill", kill, "system:mode", mode))).isEqualTo(state);
  }

  @Test
  void shouldSayWhoChangedTheStateAndWhat() {
    // given
    ControlKeys keys = new ControlKeys();
    keys.configure(Topic.CONTROL.topicName(), SETTINGS);
    Map<String, String> none = Map.of("kill", "", "system:mode", "");
    Map<String, String> killed = Map.of("kill", "1", "system:mode", "");

    // when
    List<Output> outputs = keys.read(new KeyReader.Change(killed, none), 42);

    // then
    Control control = read(outputs.get(0), Control.class);
    assertThat(outputs.get(0).key()).isEqualTo("*");
    assertThat(control.getTradingState()).isEqualTo(TradingState.HALTED);
    assertThat(control.getSetBy()).isEqualTo("redis");
    assertThat(control.getAtMs()).isEqualTo(42);
    assertThat(control.getReason()).contains("kill=1");
    assertThat(keys.isUrgent(new KeyReader.Change(killed, none))).isTrue();
    assertThat(keys.isUrgent(new KeyReader.Change(none, killed))).isFalse();
    keys.close();
  }

  @Test
  void shouldBeAConfigurationThatTheSourceTakes() {
    Map<String, String> configuration =
        LegacyContract.sourceConfiguration(
            SourceSettings.of("redis://localhost", "http://localhost"));

    RedisSourceConfig config = new RedisSourceConfig(configuration);
    assertThat(config.mapping().streams()).hasSize(3);
    assertThat(config.mapping().keys()).hasSize(1);
    assertThat(Topic.named(config.getString(RedisSourceConfig.DEAD_LETTERS))).isPresent();
    config
        .mapping()
        .streams()
        .forEach(stream -> assertThat(Topic.named(stream.topic())).isPresent());
  }
}
