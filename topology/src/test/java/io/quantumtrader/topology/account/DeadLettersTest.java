package io.quantumtrader.topology.account;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.exchange;
import static io.quantumtrader.topology.Given.fill;
import static io.quantumtrader.topology.Given.intent;
import static io.quantumtrader.topology.Given.position;
import static io.quantumtrader.topology.Given.result;
import static io.quantumtrader.topology.Given.snapshot;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.errors.DeadLetters;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be read or decided ends as a dead letter, and the sub-topology goes on. */
final class DeadLettersTest {

  @TempDir Path directory;
  private AccountDriver driver;

  @BeforeEach
  void openDriver() {
    driver = new AccountDriver(directory).open();
  }

  @AfterEach
  void closeDriver() {
    driver.close();
  }

  private static String header(TestRecord<?, ?> letter, String name) {
    Header header = letter.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), UTF_8);
  }

  private List<String> reasons() {
    return driver.deadLetters().stream().map(each -> header(each, DeadLetters.REASON)).toList();
  }

  @Test
  void shouldCarryTheSourceAndTheReason() {
    // given
    byte[] key = MAIN.getBytes(UTF_8);
    byte[] value = {1, 2, 3};

    // when
    driver.sendBytes(Topic.TRADE_INTENT, new TestRecord<>(key, value, null, NOON));

    // then
    List<TestRecord<byte[], byte[]>> letters = driver.deadLetters();
    assertThat(letters).hasSize(1);
    TestRecord<byte[], byte[]> letter = letters.get(0);
    assertThat(letter.key()).isEqualTo(key);
    assertThat(letter.value()).isEqualTo(value);
    assertThat(letter.timestamp()).isEqualTo(NOON);
    assertThat(header(letter, DeadLetters.REASON)).isEqualTo("VALUE_UNREADABLE");
    assertThat(header(letter, DeadLetters.TOPIC)).isEqualTo("quantum.trade.intent");
    assertThat(header(letter, DeadLetters.PARTITION)).isEqualTo("0");
    assertThat(header(letter, DeadLetters.OFFSET)).isEqualTo("0");
    assertThat(header(letter, DeadLetters.EXCEPTION)).contains("SerializationException");
    assertThat(header(letter, DeadLetters.MESSAGE)).contains("quantum.trade.intent");
    assertThat(header(letter, DeadLetters.STACKTRACE)).contains("at io.quantumtrader");
  }

  @Test
  void shouldGoOnAfterARecordThatCannotBeRead() {
    // given
    driver.sendBytes(
        Topic.TRADE_INTENT, new TestRecord<>(MAIN.getBytes(UTF_8), new byte[0], null, NOON));

    // then
    assertThat(driver.decide(intent("i")).getCode()).isEqualTo("PERMIT_GRANTED");
  }

  @Test
  void shouldTellFromTheClockWhereTheTimeOfALetterIsNonsense() {
    // when
    driver.sendBytes(
        Topic.TRADE_INTENT,
        new TestRecord<>(MAIN.getBytes(UTF_8), new byte[0], null, Long.MAX_VALUE));

    // then
    assertThat(driver.deadLetters().get(0).timestamp()).isEqualTo(NOON);
  }

  @Test
  void shouldRefuseAnIntentUnderAnotherAccountsKey() {
    // when
    driver.send(Topic.TRADE_INTENT, TradeIntent.class, "other", intent("i").build(), NOON);

    // then
    List<TestRecord<byte[], byte[]>> letters = driver.deadLetters();
    assertThat(header(letters.get(0), DeadLetters.REASON)).isEqualTo("KEY_VALUE_MISMATCH");
    assertThat(letters.get(0).key()).isEqualTo("other".getBytes(UTF_8));
    assertThat(driver.decisions()).isEmpty();
  }

  @Test
  void shouldDecideTheSameIdLaterWhereARecordWasRefused() {
    // given
    driver.send(Topic.TRADE_INTENT, TradeIntent.class, "other", intent("i").build(), NOON);

    // then
    assertThat(driver.decide(intent("i")).getCode()).isEqualTo("PERMIT_GRANTED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Main", "", "a:b", "no one", "123456789012345678901234567890123"})
  void shouldRefuseWhatIsNoAccount(String account) {
    // when
    driver.send(
        Topic.TRADE_INTENT,
        TradeIntent.class,
        account,
        intent("i").setAccount(account).build(),
        NOON);

    // then
    assertThat(reasons())
        .containsExactly(account.equals("a:b") ? "KEY_VALUE_MISMATCH" : "ACCOUNT_INVALID");
  }

  @Test
  void shouldRefuseRecordsWithoutKeyOrValue() {
    // when
    driver.send(
        Topic.EXCHANGE_ACCOUNT, ExchangeAccount.class, null, exchange(MAIN, "5", NOON), NOON);
    driver.send(
        Topic.TRADE_INTENT,
        TradeIntent.class,
        null,
        intent("i").setAccount("No Name").build(),
        NOON);
    driver.send(Topic.TRADE_INTENT, TradeIntent.class, MAIN, null, NOON);
    driver.send(Topic.APPLY_RESULT, ApplyResult.class, MAIN, null, NOON);
    driver.send(Topic.CLOCK, Clock.class, "0", null, NOON);

    // then
    assertThat(reasons())
        .containsExactly(
            "ACCOUNT_INVALID",
            "ACCOUNT_INVALID",
            "VALUE_MISSING",
            "VALUE_MISSING",
            "VALUE_MISSING");
  }

  @Test
  void shouldRefuseResultsAndRowsUnderTheWrongKey() {
    // when
    driver.send(
        Topic.APPLY_RESULT,
        ApplyResult.class,
        "other",
        result(BTC, OrderSide.BUY, fill("f", "1", "1")).build(),
        NOON);
    driver.send(
        Topic.EXCHANGE_ACCOUNT, ExchangeAccount.class, "other", exchange(MAIN, "5", NOON), NOON);
    driver.send(
        Topic.POSITION_SNAPSHOT,
        PositionSnapshot.class,
        "main:ETHUSDT",
        snapshot(position(BTC, PositionSide.LONG, "1", "1").build(), "1", NOON),
        NOON);

    // then
    assertThat(reasons())
        .containsExactly("KEY_VALUE_MISMATCH", "KEY_VALUE_MISMATCH", "KEY_VALUE_MISMATCH");
    assertThat(driver.ledgers()).isEmpty();
  }

  @Test
  void shouldRefuseAClockOfAnotherPartition() {
    // given
    Clock ofOne = Clock.newBuilder(Given.clock(NOON + 1)).setPartition(1).build();

    // when
    driver.send(Topic.CLOCK, Clock.class, "1", ofOne, NOON + 1);
    driver.send(Topic.CLOCK, Clock.class, "0", ofOne, NOON + 1);
    driver.send(Topic.CLOCK, Clock.class, null, Given.clock(NOON + 1), NOON + 1);

    // then
    assertThat(reasons())
        .containsExactly("KEY_PARTITION_MISMATCH", "KEY_VALUE_MISMATCH", "KEY_PARTITION_MISMATCH");
    assertThat(driver.decide(intent("i")).getAtMs()).isEqualTo(NOON);
  }

  @Test
  void shouldNotTakeAPolicyUnderWhichAPlanWouldBeTooLargeToWrite() {
    // given
    driver.policy(Given.policy().setMaxNotionalPerOrder(1e30).build());

    // when
    Decision decision =
        driver.decide(
            intent("i")
                .setSizing(io.quantumtrader.schemas.avro.Sizing.QUANTITY)
                .setAmount(dec("9999999999999999999")));

    // then
    assertThat(decision.getCode()).isEqualTo("POLICY_MISSING");
    assertThat(driver.plans()).isEmpty();
    assertThat(driver.deadLetters()).isEmpty();
  }

  @Test
  void shouldDecideUnderTheLargestThatAPolicyAllows() {
    // given
    driver.policy(
        Given.policy()
            .setMaxNotionalPerOrder(1e12)
            .setMaxSymbolShare(125)
            .setMaxExposure(125)
            .setMinMarginRatio(0.0)
            .build());

    // when
    Decision decision =
        driver.decide(
            intent("i")
                .setSizing(io.quantumtrader.schemas.avro.Sizing.QUANTITY)
                .setAmount(dec("9999999999999999999")));

    // then
    assertThat(decision.getPolicyName()).isEqualTo("default");
    assertThat(driver.deadLetters()).isEmpty();
  }

  @Test
  void shouldNotTakeAPolicyWithNumbersThatAreNone() {
    // given
    driver.policy(Given.policy().setMaxExposure(Double.NaN).build());

    // when
    Decision decision = driver.decide(intent("i"));

    // then
    assertThat(decision.getCode()).isEqualTo("POLICY_MISSING");
  }
}
