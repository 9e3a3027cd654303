package io.quantumtrader.topology.account;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.intent;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.decision.entry.EntryLine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More entries than can be decided in time, of two accounts, and closes among them. */
final class EntriesWaitTest {

  private static final String OTHER = "main2";
  private static final int AT_ONCE = EntryLine.DECIDED_PER_STEP;

  @TempDir Path directory;
  private AccountDriver driver;

  @BeforeEach
  void openDriver() {
    driver = new AccountDriver(directory).open();
    driver.exchange(Given.exchange(OTHER, "10000", NOON));
    driver.clock(NOON + 10_000);
    driver.drain();
  }

  @AfterEach
  void closeDriver() {
    driver.close();
  }

  private static TradeIntent.Builder entry(int number) {
    return intent("e-" + number).setAccount(number % 2 == 0 ? MAIN : OTHER);
  }

  /**
   * Sends entries whose records are older than the clock by more than the sub-topology may be
   * behind.
   */
  private void late(int from, int to) {
    IntStream.range(from, to).forEach(number -> driver.intent(entry(number), NOON));
  }

  private List<String> decided() {
    return driver.decisions().stream()
        .filter(decision -> decision.getCauseType() == CauseType.INTENT)
        .filter(decision -> decision.getVerdict() != Verdict.RECORDED)
        .map(Decision::getCauseId)
        .toList();
  }

  private static List<String> entries(int from, int to) {
    return IntStream.range(from, to).mapToObj(number -> "e-" + number).toList();
  }

  private int waiting() {
    List<KeyValue<String, TradeIntent>> found = new ArrayList<>();
    try (KeyValueIterator<String, TradeIntent> all =
        driver
            .testDriver()
            .<String, TradeIntent>getKeyValueStore(Names.WAITING_ENTRY_STORE)
            .all()) {
      all.forEachRemaining(found::add);
    }
    return found.size();
  }

  @Test
  void shouldLetEntriesWaitForTheNextStepAndDecideThemInOrder() {
    // when
    late(0, 3 * AT_ONCE + 5);

    // then
    assertThat(decided()).isEqualTo(entries(0, AT_ONCE));
    assertThat(waiting()).isEqualTo(2 * AT_ONCE + 5);
    driver.clock(NOON + 11_000);
    assertThat(decided()).isEqualTo(entries(AT_ONCE, 2 * AT_ONCE));
    driver.clock(NOON + 12_000);
    assertThat(decided()).isEqualTo(entries(2 * AT_ONCE, 3 * AT_ONCE));
    driver.clock(NOON + 13_000);
    assertThat(decided()).isEqualTo(entries(3 * AT_ONCE, 3 * AT_ONCE + 5));
    assertThat(waiting()).isZero();
    driver.clock(NOON + 14_000);
    assertThat(decided()).isEmpty();
  }

  @Test
  void shouldNotLetACloseWait() {
    // given
    driver.result(Given.result(BTC, OrderSide.BUY, Given.fill("f", "0.02", "71000")));
    late(0, AT_ONCE + 5);
    driver.drain();

    // when: asked for as one, reducing only, and as the other side
    driver.intent(intent("c-1").setAction(IntentAction.CLOSE).setSizing(Sizing.NONE), NOON);
    driver.intent(intent("c-2").setAction(IntentAction.SELL).setReduceOnly(true), NOON);
    driver.intent(
        intent("c-3")
            .setAction(IntentAction.SELL)
            .setSizing(Sizing.QUANTITY)
            .setAmount(dec("0.01")),
        NOON);
    driver.intent(intent("e-x"), NOON);

    // then
    assertThat(driver.plans()).hasSize(1);
    assertThat(decided()).containsExactly("c-1", "c-2", "c-3");
    assertThat(waiting()).isEqualTo(6);
  }

  @Test
  void shouldNotLetEntriesWaitThatAreInTime() {
    // when: at the limit of what the sub-topology may be behind
    IntStream.range(0, 3 * AT_ONCE).forEach(n -> driver.intent(entry(n), NOON + 8_000));

    // then
    assertThat(decided()).isEqualTo(entries(0, 3 * AT_ONCE));
    assertThat(waiting()).isZero();
  }

  @Test
  void shouldDecideThoseBeforeItFirstWhereAnEntryIsInTimeAgain() {
    // given
    late(0, AT_ONCE + 6);
    driver.drain();

    // when
    driver.intent(entry(100), NOON + 10_000);
    List<String> first = decided();
    driver.intent(entry(101), NOON + 10_000);

    // then
    assertThat(first).isEqualTo(entries(AT_ONCE, AT_ONCE + 4));
    assertThat(decided()).containsExactly("e-68", "e-69", "e-100", "e-101");
    assertThat(waiting()).isZero();
  }

  @Test
  void shouldExpireWhatWaitsTooLong() {
    // given
    late(0, AT_ONCE + 200);
    driver.drain();

    // when
    driver.clock(NOON + 60_001);

    // then: they cost little, so all are said at once
    assertThat(driver.decisions())
        .filteredOn(decision -> decision.getCauseType() == CauseType.INTENT)
        .hasSize(200)
        .allMatch(decision -> decision.getCode().equals("INTENT_EXPIRED"));
    assertThat(waiting()).isZero();
  }

  @Test
  void shouldTakeABoundedNumberOfExpiredOnes() {
    // given
    late(0, AT_ONCE + EntryLine.TAKEN_PER_STEP + 7);
    driver.drain();

    // when
    driver.clock(NOON + 60_001);

    // then
    assertThat(decided()).hasSize(EntryLine.TAKEN_PER_STEP);
    assertThat(waiting()).isEqualTo(7);
  }

  @Test
  void shouldDecideAnIntentThatWaitsTwiceOnce() {
    // given
    late(0, AT_ONCE);
    driver.intent(intent("twice"), NOON);
    driver.intent(intent("twice"), NOON);
    driver.drain();

    // when
    driver.clock(NOON + 11_000);

    // then
    assertThat(driver.decisions())
        .filteredOn(decision -> decision.getCauseId().startsWith("twice"))
        .extracting(Decision::getCode)
        .hasSize(2)
        .endsWith("INTENT_DUPLICATE")
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldDecideExitsOfAStepBeforeTheEntriesThatWait() {
    // given
    driver.result(Given.result("ETHUSDT", OrderSide.BUY, Given.fill("f", "1", "3000")));
    late(0, AT_ONCE + 3);
    driver.control(
        io.quantumtrader.schemas.avro.Control.newBuilder(
                Given.control(MAIN, io.quantumtrader.schemas.avro.TradingState.ACTIVE))
            .setCloses(
                List.of(
                    new io.quantumtrader.schemas.avro.ManualClose(
                        "c1", "ETHUSDT", "end", "ops", NOON)))
            .build());
    driver.drain();

    // when
    driver.clock(NOON + 11_000);

    // then
    List<Decision> decisions = driver.decisions();
    List<String> causes = decisions.stream().map(Decision::getCauseId).toList();
    int exit =
        IntStream.range(0, decisions.size())
            .filter(i -> decisions.get(i).getCode().equals("MANUAL_CLOSE"))
            .findFirst()
            .orElseThrow();
    assertThat(exit).isLessThan(causes.indexOf("e-" + AT_ONCE));
  }
}
