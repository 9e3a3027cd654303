package io.quantumtrader.topology.account;

import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.exchange;
import static io.quantumtrader.topology.Given.intent;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.topic.TaskInputs;
import io.quantumtrader.schemas.topic.Topic;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records with absurd Kafka times stop nothing, and intents with them are denied. */
final class TimesInSubtopologyTest {

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "0,PERMIT_GRANTED", // long ago is no absurdity: the intent's own time is what counts
    "1763553605000,PERMIT_GRANTED",
    "1763553605001,TIME_INVALID",
    "9223372036854775807,TIME_INVALID"
  })
  void shouldDenyAnIntentWhoseRecordIsAheadOfTheClock(long recordMs, String code) {
    try (AccountDriver driver = new AccountDriver(directory).open()) {
      // when
      driver.send(Topic.TRADE_INTENT, TradeIntent.class, MAIN, intent("i").build(), recordMs);

      // then
      List<TestRecord<String, Decision>> decisions = driver.records(Topic.DECISION, Decision.class);
      assertThat(decisions).hasSize(1);
      assertThat(decisions.get(0).value().getCode()).isEqualTo(code);
      assertThat(decisions.get(0).timestamp()).isEqualTo(NOON);
      assertThat(decisions.get(0).headers())
          .extracting(Header::key)
          .containsExactly(TaskInputs.HEADER);
    }
  }

  @Test
  void shouldStampEverythingWithTheClock() {
    try (AccountDriver driver = new AccountDriver(directory).open()) {
      // given
      driver.clock(NOON + 3_000);
      driver.drain();

      // when
      driver.send(Topic.TRADE_INTENT, TradeIntent.class, MAIN, intent("i").build(), NOON - 5);

      // then
      assertThat(driver.records(Topic.APPLY_PLAN, ApplyPlan.class).get(0).timestamp())
          .isEqualTo(NOON + 3_000);
      assertThat(driver.records(Topic.DECISION, Decision.class).get(0).timestamp())
          .isEqualTo(NOON + 3_000);
    }
  }

  @Test
  void shouldDenyIntentsBeforeTheFirstStepOfTheClock() {
    try (AccountDriver driver = new AccountDriver(directory)) {
      // given
      driver.exchange(exchange(MAIN, "10000", NOON));

      // when
      Decision now = driver.decide(intent("i"));
      Decision atZero = driver.decide(intent("j").setCreatedAtMs(0));

      // then
      assertThat(now.getCode()).isEqualTo("TIME_INVALID");
      assertThat(now.getAtMs()).isZero();
      assertThat(atZero.getCode()).isEqualTo("TRADING_REDUCING");
    }
  }
}
