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
  private RoomDriver room;

  @BeforeEach
  void openRoom() {
    room = new RoomDriver(directory).open();
  }

  @AfterEach
  void closeRoom() {
    room.close();
  }

  private int remembered() {
    int count = 0;
    try (KeyValueIterator<Object, Object> all =
        room.driver().getKeyValueStore(Names.SEEN_INTENT_STORE).all()) {
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
    room.plan(intent("i"));

    // then
    assertThat(room.decide(intent("i")).getCode()).isEqualTo("INTENT_DUPLICATE");
    assertThat(room.plans()).isEmpty();
  }

  @Test
  void shouldDenyAnIntentThatWasDenied() {
    // given
    room.decide(intent("i").setAmount(dec("1")));

    // then
    assertThat(room.decide(intent("i")).getCode()).isEqualTo("INTENT_DUPLICATE");
  }

  @Test
  void shouldDenyAnIntentThatWasAHold() {
    // given
    room.decide(intent("i").setAction(IntentAction.HOLD));

    // then
    assertThat(room.decide(intent("i").setAction(IntentAction.HOLD)).getCode())
        .isEqualTo("INTENT_DUPLICATE");
    assertThat(room.decide(intent("i")).getCode()).isEqualTo("INTENT_DUPLICATE");
  }

  @Test
  void shouldKeepAccountsApart() {
    // given
    room.exchange(Given.exchange("other", "10000", NOON));
    room.clock(NOON + 1);
    room.plan(intent("i"));

    // then
    assertThat(room.decide(intent("i").setAccount("other")).getCode()).isEqualTo("PERMIT_GRANTED");
  }

  @ParameterizedTest
  @CsvSource({"86399999,INTENT_DUPLICATE", "86400000,INTENT_EXPIRED"})
  void shouldRememberForADay(long afterMs, String code) {
    // given: a hold, which is denied as a duplicate before its age matters
    room.decide(intent("i").setAction(IntentAction.HOLD));

    // when
    room.clock(NOON + afterMs);
    room.drain();
    Decision again =
        room.decide(
            intent("i")
                .setAction(code.equals("INTENT_EXPIRED") ? IntentAction.BUY : IntentAction.HOLD));

    // then
    assertThat(again.getCode()).isEqualTo(code);
  }

  @Test
  void shouldTakeAnIdAgainAfterADay() {
    // given
    room.decide(intent("i").setAmount(dec("1")));
    long later = NOON + 24 * HOUR;
    room.state(Given.state(BTC).setAsOfMs(later).build());
    room.exchange(Given.exchange(MAIN, "10000", later));

    // when
    room.clock(later);
    room.drain();

    // then
    assertThat(room.decide(intent("i").setCreatedAtMs(later)).getCode())
        .isEqualTo("PERMIT_GRANTED");
  }

  @Test
  void shouldForgetSegmentsThatTheClockHasPassed() {
    // given
    room.decide(intent("i").setAmount(dec("1")));
    room.clock(NOON + HOUR);
    room.drain();
    room.decide(intent("j").setAmount(dec("1")));
    assertThat(remembered()).isEqualTo(2);

    // when
    room.clock(NOON + 24 * HOUR - 1);
    assertThat(remembered()).isEqualTo(2);
    room.clock(NOON + 24 * HOUR);

    // then
    assertThat(remembered()).isEqualTo(1);
    room.clock(NOON + 26 * HOUR);
    assertThat(remembered()).isZero();
  }

  @Test
  void shouldGiveEachDecisionAnIdOfItsOwn() {
    // when
    for (int i = 0; i < 3; i++) {
      room.intent(intent("i"));
      room.intent(intent("j").setAmount(null));
      room.intent(intent("h").setAction(IntentAction.HOLD));
    }
    room.clock(NOON + 1);
    room.intent(intent("i"));

    // then
    List<Decision> decisions = room.decisions();
    Set<String> ids = new HashSet<>(decisions.stream().map(Decision::getDecisionId).toList());
    assertThat(decisions).hasSize(10);
    assertThat(ids).hasSize(10);
  }
}
