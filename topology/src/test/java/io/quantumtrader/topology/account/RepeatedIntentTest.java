package io.quantumtrader.topology.account;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.HOUR;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.intent;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.Names;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An intent is decided once a day, whatever was decided. */
final class RepeatedIntentTest {

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

  private int remembered() {
    int count = 0;
    try (KeyValueIterator<Object, Object> all =
        driver.testDriver().getKeyValueStore(Names.SEEN_INTENT_STORE).all()) {
      while (all.hasNext()) {
        all.next();
        count++;
      }
    }
    return count;
  }

  @Test
  void shouldDenyAnIntentThatWasGranted() {
    // given
    driver.plan(intent("i"));

    // then
    assertThat(driver.decide(intent("i")).getCode()).isEqualTo("INTENT_DUPLICATE");
    assertThat(driver.plans()).isEmpty();
  }

  @Test
  void shouldDenyAnIntentThatWasDenied() {
    // given
    driver.decide(intent("i").setAmount(dec("1")));

    // then
    assertThat(driver.decide(intent("i")).getCode()).isEqualTo("INTENT_DUPLICATE");
  }

  @Test
  void shouldDenyAnIntentThatWasAHold() {
    // given
    driver.decide(intent("i").setAction(IntentAction.HOLD));

    // then
    assertThat(driver.decide(intent("i").setAction(IntentAction.HOLD)).getCode())
        .isEqualTo("INTENT_DUPLICATE");
    assertThat(driver.decide(intent("i")).getCode()).isEqualTo("INTENT_DUPLICATE");
  }

  @Test
  void shouldKeepAccountsApart() {
    // given
    driver.exchange(Given.exchange("other", "10000", NOON));
    driver.clock(NOON + 1);
    driver.plan(intent("i"));

    // then
    assertThat(driver.decide(intent("i").setAccount("other")).getCode())
        .isEqualTo("PERMIT_GRANTED");
  }

  @ParameterizedTest
  @CsvSource({"86399999,INTENT_DUPLICATE", "86400000,INTENT_EXPIRED"})
  void shouldRememberForADay(long afterMs, String code) {
    // given: a hold, which is denied as a duplicate before its age matters
    driver.decide(intent("i").setAction(IntentAction.HOLD));

    // when
    driver.clock(NOON + afterMs);
    driver.drain();
    Decision again =
        driver.decide(
            intent("i")
                .setAction(code.equals("INTENT_EXPIRED") ? IntentAction.BUY : IntentAction.HOLD));

    // then
    assertThat(again.getCode()).isEqualTo(code);
  }

  @Test
  void shouldTakeAnIdAgainAfterADay() {
    // given
    driver.decide(intent("i").setAmount(dec("1")));
    long later = NOON + 24 * HOUR;
    driver.state(Given.state(BTC).setAsOfMs(later).build());
    driver.exchange(Given.exchange(MAIN, "10000", later));

    // when
    driver.clock(later);
    driver.drain();

    // then
    assertThat(driver.decide(intent("i").setCreatedAtMs(later)).getCode())
        .isEqualTo("PERMIT_GRANTED");
  }

  @Test
  void shouldForgetSegmentsThatTheClockHasPassed() {
    // given
    driver.decide(intent("i").setAmount(dec("1")));
    driver.clock(NOON + HOUR);
    driver.drain();
    driver.decide(intent("j").setAmount(dec("1")));
    assertThat(remembered()).isEqualTo(2);

    // when
    driver.clock(NOON + 24 * HOUR - 1);
    assertThat(remembered()).isEqualTo(2);
    driver.clock(NOON + 24 * HOUR);

    // then
    assertThat(remembered()).isEqualTo(1);
    driver.clock(NOON + 26 * HOUR);
    assertThat(remembered()).isZero();
  }

  @Test
  void shouldGiveEachDecisionAnIdOfItsOwn() {
    // when
    for (int i = 0; i < 3; i++) {
      driver.intent(intent("i"));
      driver.intent(intent("j").setAmount(null));
      driver.intent(intent("h").setAction(IntentAction.HOLD));
    }
    driver.clock(NOON + 1);
    driver.intent(intent("i"));

    // then
    List<Decision> decisions = driver.decisions();
    Set<String> ids = new HashSet<>(decisions.stream().map(Decision::getDecisionId).toList());
    assertThat(decisions).hasSize(10);
    assertThat(ids).hasSize(10);
  }
}
