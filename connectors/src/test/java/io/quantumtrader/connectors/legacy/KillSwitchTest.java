package io.quantumtrader.connectors.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.SetArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.quantumtrader.connectors.redis.RealRedis;
import io.quantumtrader.connectors.redis.SinkHarness;
import io.quantumtrader.connectors.redis.source.SourceHarness;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The kill switch with a source that reads it and a sink that shows what came of it, on a real
 * Redis: each control record of the source goes to the sink, as over the topic.
 */
@Tag("real")
final class KillSwitchTest {

  @RegisterExtension static final RealRedis REDIS = new RealRedis();

  private static final Map<String, String> REGISTRY =
      Map.of("schema.registry.url", "mock://kill-switch");
  private static final String KILL = "quantum:kill";
  private static final String MODE = "quantum:system:mode";
  private static final String SHADOW = "quantum:shadow:";
  private static final long AN_HOUR_S = 3_600;

  private final List<Control> controls = new ArrayList<>();
  private SourceHarness source;
  private SinkHarness sink;
  private int taken;
  private long offset;

  private void start(String sinkPrefix, boolean tellsSource) {
    Map<String, String> settings =
        new HashMap<>(
            LegacyContract.sourceConfiguration(
                SourceSettings.of(REDIS.uri(), REGISTRY.get("schema.registry.url"))));
    settings.putAll(Map.of("keys.poll.ms", "10", "keys.settle.ms", "1", "block.ms", "15"));
    if (tellsSource) {
      settings.put("keys.sink.prefix", sinkPrefix);
    }
    source = new SourceHarness(settings).start();
    sink =
        SinkHarness.start(
            LegacyContract.sinkConfiguration(
                SinkSettings.of(REDIS.uri(), "http://localhost:1").withKeyPrefix(sinkPrefix)));
  }

  @AfterEach
  void stop() {
    source.stop();
    sink.close();
    assertThat(sink.reported()).isEmpty();
  }

  /** Lets both come to rest: what the source says goes to the sink, and what that writes back. */
  private TradingState settle() throws InterruptedException {
    for (int quiet = 0; quiet < 2; quiet++) {
      source.drain();
      for (SourceRecord record : source.topic().subList(taken, source.topic().size())) {
        set(control(record));
        quiet = -1;
      }
      taken = source.topic().size();
      assertThat(controls.size()).as("it goes round: %s", controls).isLessThan(60);
    }
    return controls.isEmpty() ? null : controls.getLast().getTradingState();
  }

  private void set(Control control) {
    controls.add(control);
    sink.put(LegacyRecords.record(Topic.CONTROL, "*", control, offset++));
  }

  /** What is ordered of all lies under another key, which the source never replaces. */
  private static Control control(SourceRecord record) {
    assertThat(record.key()).isEqualTo("*");
    try (RecordSerdes serdes = new RecordSerdes(REGISTRY)) {
      return serdes
          .of(Control.class)
          .deserializer()
          .deserialize(record.topic(), (byte[]) record.value());
    }
  }

  /** As {@code ./quantum control} does. */
  private void operator(TradingState state) {
    set(
        Control.newBuilder()
            .setAccount("*")
            .setTradingState(state)
            .setSetBy("operator")
            .setAtMs(1)
            .build());
  }

  private static void put(String key, String value) {
    RedisCommands<String, String> redis = REDIS.commands();
    if (value.isEmpty()) {
      redis.del(key);
    } else {
      redis.set(key, value);
    }
  }

  private static TradingState of(String kill, String mode) {
    return ControlKeys.state(Map.of("kill", kill, "system:mode", mode));
  }

  private static final List<String> STEPS =
      List.of("kill=1", "kill=0", "kill=", "mode=LOCKDOWN", "mode=FREEZE", "mode=NORMAL", "mode=");

  /** One walk that takes every step from everything that both keys may say. */
  static List<String> walk() {
    Set<String> taken = new HashSet<>();
    List<String> walk = new ArrayList<>();
    String kill = "";
    String mode = "";
    for (int turn = 0; taken.size() < 12 * STEPS.size(); turn++) {
      String from = kill + "," + mode + ",";
      String turned = STEPS.get(turn * 5 % STEPS.size());
      String step =
          STEPS.stream().filter(each -> !taken.contains(from + each)).findFirst().orElse(turned);
      taken.add(from + step);
      walk.add(step);
      kill = step.startsWith("kill=") ? step.substring(5) : kill;
      mode = step.startsWith("mode=") ? step.substring(5) : mode;
    }
    return walk;
  }

  private void take(List<String> steps) throws InterruptedException {
    Map<String, String> wished = new HashMap<>(Map.of("kill", "", "mode", ""));
    for (int i = 0; i < steps.size(); i++) {
      String[] words = steps.get(i).split("=", -1);
      wished.put(words[0], words[1]);
      step(steps.get(i));
      controls.subList(0, controls.size() - 1).clear();
      assertThat(settle())
          .as("after %s", steps.subList(Math.max(0, i - 8), i + 1))
          .isEqualTo(of(wished.get("kill"), wished.get("mode")));
    }
  }

  @Test
  void shouldHoldToWhatEachKeySaysInEveryOrderWithOnePrefix() throws Exception {
    start("quantum:", false);
    operator(TradingState.ACTIVE);
    take(walk());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldHoldToWhatEachKeySaysInEveryOrderWithTwoPrefixes(boolean told) throws Exception {
    start(SHADOW, told);
    operator(TradingState.ACTIVE);
    take(walk().subList(0, told ? 10 : 20));
    assertThat(REDIS.commands().exists("quantum:connect:written:kill")).isZero();
  }

  @ParameterizedTest
  @MethodSource("prefixes")
  void shouldLetGoWhenAKeyExpires(String prefix, String key, String value, TradingState state)
      throws Exception {
    // given
    start(prefix, false);
    operator(TradingState.ACTIVE);

    // when
    REDIS.commands().set(key, value, SetArgs.Builder.ex(AN_HOUR_S));
    TradingState held = settle();
    long ttlMs = REDIS.commands().pttl(key);
    REDIS.commands().pexpire(key, 1);
    Instant end = Instant.now().plus(Duration.ofSeconds(30));
    while (settle() != TradingState.ACTIVE && Instant.now().isBefore(end)) {
      Thread.sleep(5);
    }

    // then the sink has left the key as it was set, and trading goes on after it
    assertThat(held).isEqualTo(state);
    assertThat(ttlMs).isBetween(1L, AN_HOUR_S * 1_000);
    assertThat(settle()).isEqualTo(TradingState.ACTIVE);
    assertThat(REDIS.commands().exists(prefix + "kill", prefix + "system:mode")).isZero();
  }

  static Stream<Arguments> prefixes() {
    return Stream.of("quantum:", SHADOW)
        .flatMap(
            prefix ->
                Stream.of(
                    Arguments.of(prefix, KILL, "1", TradingState.HALTED),
                    Arguments.of(prefix, MODE, "FREEZE", TradingState.HALTED),
                    Arguments.of(prefix, MODE, "LOCKDOWN", TradingState.REDUCING)));
  }

  @ParameterizedTest
  @CsvSource({
    "REDUCING, kill=1, HALTED, kill=0, REDUCING",
    "REDUCING, kill=1, HALTED, kill=, REDUCING",
    "REDUCING, mode=LOCKDOWN, REDUCING, mode=NORMAL, ACTIVE",
    "REDUCING, mode=, ACTIVE, mode=FREEZE, HALTED",
    "REDUCING, mode=NORMAL, ACTIVE, kill=0, ACTIVE",
    "HALTED, kill=0, ACTIVE, mode=LOCKDOWN, REDUCING",
    "HALTED, kill=, ACTIVE, kill=1, HALTED",
    "HALTED, mode=, HALTED, kill=, ACTIVE",
    "HALTED, mode=NORMAL, HALTED, kill=0, ACTIVE",
    "HALTED, kill=1, HALTED, kill=0, ACTIVE",
    "HALTED, kill=1, HALTED, kill=, HALTED"
  })
  void shouldHoldToWhatWasSetElsewhereUntilAKeyThatShowsItIsUndone(
      TradingState set, String first, TradingState between, String second, TradingState last)
      throws Exception {
    start("quantum:", false);
    operator(set);
    assertThat(settle()).isEqualTo(set);

    step(first);
    assertThat(settle()).isEqualTo(between);
    step(second);
    assertThat(settle()).isEqualTo(last);
  }

  private static void step(String step) {
    String[] words = step.split("=", -1);
    put(words[0].equals("kill") ? KILL : MODE, words[1]);
  }

  @Test
  void shouldFollowTheOperatorsCommandOverAKeyAndBeSilentThen() throws Exception {
    // given
    start("quantum:", false);
    operator(TradingState.ACTIVE);
    put(KILL, "1");
    assertThat(settle()).isEqualTo(TradingState.HALTED);
    assertThat(REDIS.commands().get(MODE)).isEqualTo("LOCKDOWN");
    assertThat(REDIS.commands().ttl(KILL)).isEqualTo(-1);

    // when
    operator(TradingState.ACTIVE);
    int before = controls.size();
    TradingState state = settle();

    // then
    assertThat(state).isEqualTo(TradingState.ACTIVE);
    assertThat(controls).hasSize(before);
    assertThat(REDIS.commands().exists(KILL, MODE)).isZero();

    // when the same is set once more, then it counts once more
    put(KILL, "1");
    assertThat(settle()).isEqualTo(TradingState.HALTED);
  }

  @Test
  void shouldHaltOnAKeyOfAnotherTypeAndLetGoOfItLikeOfAnyOther() throws Exception {
    start("quantum:", false);
    operator(TradingState.ACTIVE);

    REDIS.commands().rpush(KILL, "1");
    assertThat(settle()).isEqualTo(TradingState.HALTED);
    assertThat(controls.getLast().getReason()).contains("kill=(not a string)");
    REDIS.commands().del(KILL);
    assertThat(settle()).isEqualTo(TradingState.ACTIVE);
    REDIS.commands().hset(MODE, "x", "LOCKDOWN");
    assertThat(settle()).isEqualTo(TradingState.HALTED);
    REDIS.commands().set(MODE, "NORMAL");
    assertThat(settle()).isEqualTo(TradingState.ACTIVE);
  }

  @Test
  void shouldRememberTheWishesOverARestartOfTheSource() throws Exception {
    // given a kill, and a lockdown beneath it that shows nothing new
    start("quantum:", false);
    operator(TradingState.ACTIVE);
    put(KILL, "1");
    settle();
    put(MODE, "LOCKDOWN");
    settle();
    int before = controls.size();

    // when
    source.stop();
    source.start();
    settle();

    // then
    assertThat(controls).hasSize(before);

    // when one goes while the source is away
    source.stop();
    put(KILL, "0");
    source.start();

    // then
    assertThat(settle()).isEqualTo(TradingState.REDUCING);
    put(MODE, "");
    assertThat(settle()).isEqualTo(TradingState.ACTIVE);
  }

  @Test
  void shouldKeepAWishThatTheSinksAnswerToAnEarlierOneWroteOver() throws Exception {
    // given a kill that is let go of, and the record of that still on its way to the sink
    start("quantum:", false);
    operator(TradingState.ACTIVE);
    put(KILL, "1");
    settle();
    put(KILL, "0");
    source.drain();

    // when it is killed again before the sink has deleted the key
    put(KILL, "1");
    source.drain();
    TradingState state = settle();

    // then
    assertThat(state).isEqualTo(TradingState.HALTED);
    assertThat(REDIS.commands().get(KILL)).isEqualTo("1");
    put(KILL, "");
    assertThat(settle()).isEqualTo(TradingState.ACTIVE);
  }

  @Test
  void shouldStayAsItIsWhenRedisLosesItsKeys() throws Exception {
    // given
    start("quantum:", false);
    operator(TradingState.ACTIVE);
    put(KILL, "1");
    settle();
    int before = controls.size();

    // when
    REDIS.commands().flushall();

    // then
    assertThat(settle()).isEqualTo(TradingState.HALTED);
    assertThat(controls).hasSize(before);

    // when the keys are written anew, then whoever wants to go on says so there
    Control last = controls.getLast();
    operator(TradingState.ACTIVE);
    set(last);
    settle();
    assertThat(REDIS.commands().get(KILL)).isEqualTo("1");
    put(KILL, "0");
    assertThat(settle()).isEqualTo(TradingState.ACTIVE);
  }
}
