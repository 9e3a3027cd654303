package io.quantumtrader.connectors.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.lettuce.core.XAddArgs;
import io.quantumtrader.connectors.redis.RealRedis;
import io.quantumtrader.connectors.redis.source.SourceHarness;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.serde.RecordSerdes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** Signals on a real Redis, of both forms, where they are switched on. */
@Tag("real")
final class SignalsOnRedisTest {

  @RegisterExtension static final RealRedis REDIS = new RealRedis();

  private static final Map<String, String> REGISTRY =
      Map.of("schema.registry.url", "mock://signals");
  private static final String AI = "quantum:stream:ai.signal_generated";
  private static final String LIVE = "quantum:stream:live_signals";
  private static final String ID = "1773500000000-0";

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger("io.quantumtrader.connectors.redis");
  private SourceHarness source;

  private void start(String... streams) {
    log.start();
    root.addAppender(log);
    Map<String, String> settings =
        new HashMap<>(
            LegacyContract.sourceConfiguration(
                SourceSettings.of(REDIS.uri(), REGISTRY.get("schema.registry.url"))
                    .withStreamsOn(List.of(streams))));
    settings.put("block.ms", "15");
    source = new SourceHarness(settings).start();
  }

  @AfterEach
  void stop() {
    source.stop();
    root.detachAppender(log);
  }

  private static void add(String stream, String... fields) {
    Map<String, String> entry = new HashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      entry.put(fields[i], fields[i + 1]);
    }
    REDIS.commands().xadd(stream, new XAddArgs().id(ID), entry);
  }

  private List<TradeIntent> intents() throws InterruptedException {
    source.drain();
    try (RecordSerdes serdes = new RecordSerdes(REGISTRY)) {
      return source.topic().stream()
          .filter(record -> record.topic().equals("quantum.trade.intent"))
          .map(record -> read(serdes, record))
          .toList();
    }
  }

  private static TradeIntent read(RecordSerdes serdes, SourceRecord record) {
    return serdes
        .of(TradeIntent.class)
        .deserializer()
        .deserialize(record.topic(), (byte[]) record.value());
  }

  @Test
  void shouldReadBothFormsAndTellEntriesOfTheSameIdApart() throws Exception {
    // given
    start("stream:ai.signal_generated", "stream:live_signals");

    // when
    add(AI, "payload", "{\"symbol\":\"BTCUSDT\",\"action\":\"BUY\",\"confidence\":0.8}");
    add(LIVE, "symbol", "ETHUSDT", "action", "SELL", "confidence", "0.7");

    // then
    assertThat(intents())
        .extracting(TradeIntent::getIntentId, TradeIntent::getSymbol, TradeIntent::getSizing)
        .containsExactlyInAnyOrder(
            tuple("signal-" + ID, "BTCUSDT", Sizing.NONE),
            tuple("live-" + ID, "ETHUSDT", Sizing.NONE));
  }

  @Test
  void shouldLeaveThemAloneWhereTheyAreNotSwitchedOn() throws Exception {
    start();

    add(LIVE, "symbol", "ETHUSDT", "action", "SELL");

    assertThat(intents()).isEmpty();
    assertThat(REDIS.commands().xinfoGroups(LIVE)).isEmpty();
  }

  @Test
  void shouldReportAKeyThatIsNoStreamAndReadTheOthers() throws Exception {
    // given what a producer of plain values would have left
    REDIS.commands().set(LIVE, "[{\"symbol\":\"ETHUSDT\",\"action\":\"SELL\"}]");
    start("stream:live_signals");

    // when
    add("quantum:stream:trade.intent", "symbol", "BTCUSDT", "action", "CLOSE");

    // then
    assertThat(intents()).extracting(TradeIntent::getSymbol).containsExactly("BTCUSDT");
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .anyMatch(line -> line.contains("no stream in key") && line.contains(LIVE));
  }
}
