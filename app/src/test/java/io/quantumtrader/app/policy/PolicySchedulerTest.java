package io.quantumtrader.app.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.app.testing.RegisteredBroker;
import io.quantumtrader.console.book.Book;
import io.quantumtrader.console.book.BookRecord;
import io.quantumtrader.console.order.OrderRefusedException;
import io.quantumtrader.console.order.PolicyOrder;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.PolicySchedule;
import io.quantumtrader.schemas.avro.PolicyScheduleState;
import io.quantumtrader.schemas.avro.TradesOf;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.decision.portfolio.Portfolio;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Changes that are due, once and only once, whoever is killed or is there twice. */
@Tag("real")
final class PolicySchedulerTest {

  private static final long NOW = 1_763_546_400_000L;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final AccountStates NOTHING_OPEN = AccountStates.of(List.of(), List.of());

  private static RegisteredBroker broker;
  private static Map<String, Object> client;
  private static RecordSerdes serdes;

  private final PolicyTopic topic = new PolicyTopic(client, serdes, said -> {});
  private final ScheduleChanges changes = new ScheduleChanges(topic);
  private final Book book = new Book(() -> NOW);
  private final ScheduleOrders orders = new ScheduleOrders(client, serdes, book);
  private final AtomicBoolean ready = new AtomicBoolean(true);
  private final AtomicInteger asked = new AtomicInteger();
  private final List<PolicyScheduler> running = new ArrayList<>();
  private String account;

  @BeforeAll
  static void register() {
    broker = RegisteredBroker.start();
    client = broker.client();
    serdes = broker.serdes();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @BeforeEach
  void takeAnAccount() {
    account = UUID.randomUUID().toString().substring(0, 32);
    step(NOW);
  }

  @AfterEach
  void close() {
    running.forEach(PolicyScheduler::close);
  }

  private void begin() {
    running.add(
        PolicyScheduler.start(
            client,
            serdes,
            book,
            () -> {
              asked.incrementAndGet();
              return ready.get();
            }));
  }

  private void step(long nowMs) {
    tell(
        Topic.CLOCK,
        "0",
        Clock.newBuilder().setNowMs(nowMs).setStepMs(1000).setPartition(0).build());
  }

  private void tell(Topic topic, String key, SpecificRecord value) {
    book.accept(new BookRecord(topic, 0, 0, NOW, key, Optional.of(value), Map.of()));
  }

  /** Adds a change of the account that is due at a time, and tells the book of it. */
  private PolicySchedule scheduled(long atMs, String... words) {
    PolicySchedule schedule =
        changes.add(ScheduleVerdictTest.schedule(account, words).setAtMs(atMs), NOW);
    tell(Topic.POLICY_SCHEDULE, schedule.getScheduleId(), schedule);
    return schedule;
  }

  private PolicySchedule now(PolicySchedule schedule) {
    return topic.schedules().of(schedule.getScheduleId()).orElseThrow();
  }

  private PolicySchedule awaitOver(PolicySchedule schedule) {
    await().atMost(PATIENCE).until(() -> now(schedule).getState() != PolicyScheduleState.WAITING);
    return now(schedule);
  }

  private List<Integer> positionsByVersion() {
    return topic.read().records().stream()
        .filter(each -> each.key().equals(account))
        .map(each -> each.policy().orElseThrow().getMaxPositions())
        .toList();
  }

  @Test
  void shouldApplyItAtItsStepAndNotAtTheStepBefore() {
    // given one that is due a step earlier, which shows that the step was looked at
    PolicySchedule schedule = scheduled(NOW + 60_000, "maxPositions=20");
    PolicySchedule earlier = scheduled(NOW + 59_999, "maxPositions=15");
    begin();
    step(NOW + 59_999);
    assertThat(awaitOver(earlier).getEndedAtMs()).isEqualTo(NOW + 59_999);
    assertThat(now(schedule).getState()).isEqualTo(PolicyScheduleState.WAITING);

    // when
    step(NOW + 60_000);
    PolicySchedule applied = awaitOver(schedule);

    // then
    assertThat(applied.getState()).isEqualTo(PolicyScheduleState.APPLIED);
    assertThat(applied.getEndedAtMs()).isEqualTo(NOW + 60_000);
    assertThat(applied.getVersion()).isEqualTo(2);
    PolicyVersion written = topic.read().own(account).orElseThrow();
    assertThat(written.version()).isEqualTo(2);
    assertThat(written.atMs()).isEqualTo(NOW + 60_000);
    assertThat(written.setBy()).isEqualTo("dora");
    assertThat(written.reason())
        .isEqualTo("ramp (schedule %s)".formatted(schedule.getScheduleId()));
    assertThat(positionsByVersion()).containsExactly(15, 20);
  }

  /** Topics are read side by side, and the clock may go on a second later or, in a test, never. */
  @Test
  void shouldApplyWhatItHearsOfAfterTheStepByWhichItIsDue() {
    // given a step that was looked at, as what was due by it shows
    PolicySchedule first = scheduled(NOW + 60_000, "maxPositions=20");
    begin();
    step(NOW + 60_000);
    awaitOver(first);

    // when
    PolicySchedule late = scheduled(NOW + 30_000, "maxPositions=21");

    // then
    assertThat(awaitOver(late).getEndedAtMs()).isEqualTo(NOW + 60_000);
    assertThat(positionsByVersion()).containsExactly(20, 21);
  }

  @Test
  void shouldApplyItOnceWhereOneIsKilledInTheMiddleAndTwoGoOn() {
    // given one who has sent both records, and has committed neither
    PolicySchedule schedule = scheduled(NOW + 60_000, "maxPositions=20");
    try (PolicyWriter killed = topic.begin()) {
      ScheduleChanges.prepare(killed, now(schedule), NOTHING_OPEN, NOW + 60_000);
      assertThat(positionsByVersion()).isEmpty();
      assertThat(now(schedule).getState()).isEqualTo(PolicyScheduleState.WAITING);

      // when
      begin();
      begin();
      step(NOW + 60_000);

      // then
      assertThat(awaitOver(schedule).getVersion()).isEqualTo(1);
      assertThatThrownBy(killed::commit).isInstanceOf(PolicyRefusedException.class);
    }

    // when both have looked at a later step
    PolicySchedule later = scheduled(NOW + 61_000, "maxPositions=21");
    step(NOW + 61_000);
    awaitOver(later);
    int before = asked.get();
    await().atMost(PATIENCE).until(() -> asked.get() > before + 10);

    // then
    assertThat(positionsByVersion()).containsExactly(20, 21);
    assertThat(awaitOver(later).getVersion()).isEqualTo(2);
  }

  @Test
  void shouldNeverApplyWhatWasWithdrawnThoughTheBookDoesNotKnowIt() {
    // given
    PolicySchedule withdrawn = scheduled(NOW + 60_000, "maxPositions=20");
    PolicySchedule other = scheduled(NOW + 60_001, "maxPositions=21");
    changes.withdraw(withdrawn.getScheduleId(), "max", "a bad week", NOW + 1);

    // when
    begin();
    step(NOW + 60_001);
    awaitOver(other);

    // then
    assertThat(positionsByVersion()).containsExactly(21);
    assertThat(now(withdrawn).getState()).isEqualTo(PolicyScheduleState.WITHDRAWN);
    assertThat(now(withdrawn).getEndedBy()).isEqualTo("max");
    assertThat(now(withdrawn).getOutcome()).isEqualTo("a bad week");
    assertThat(now(withdrawn).getEndedAtMs()).isEqualTo(NOW + 1);
    assertThatThrownBy(() -> changes.withdraw(other.getScheduleId(), "max", "late", NOW + 2))
        .isInstanceOf(WithdrawRefusedException.class)
        .hasMessageContaining(
            "does not wait any more: APPLIED as version 1 at 2025-11-19T10:01:00Z");
    assertThatThrownBy(() -> changes.withdraw("nothing", "max", "late", NOW + 2))
        .isInstanceOf(WithdrawRefusedException.class)
        .hasMessageContaining("there is no scheduled change 'nothing'");
  }

  @Test
  void shouldApplyWhatIsDueTogetherInItsOrderAndPassOverWhatIsRefused() {
    // given the last step first, as after a weekend without a console
    PolicySchedule third = scheduled(NOW + 3_000, "maxPositions=30");
    PolicySchedule second = scheduled(NOW + 2_000, "maxPositions=0");
    PolicySchedule first = scheduled(NOW + 1_000, "maxPositions=20");

    // when
    begin();
    step(NOW + 60_000);
    awaitOver(third);

    // then
    assertThat(positionsByVersion()).containsExactly(20, 30);
    assertThat(now(first).getState()).isEqualTo(PolicyScheduleState.APPLIED);
    assertThat(now(second).getState()).isEqualTo(PolicyScheduleState.REFUSED);
    assertThat(now(second).getOutcome()).contains("maxPositions = 0 is below 1");
    assertThat(now(second).getVersion()).isZero();
    assertThat(now(third).getVersion()).isEqualTo(2);
  }

  @Test
  void shouldNotActOnWhatItHasNotReadToItsEnd() {
    // given one that is due at the first of two steps
    PolicySchedule schedule = scheduled(NOW + 1_000, "maxPositions=20");
    ready.set(false);
    begin();
    step(NOW + 1_000);
    int before = asked.get();
    await().atMost(PATIENCE).until(() -> asked.get() > before + 2);

    // when
    step(NOW + 2_000);
    ready.set(true);

    // then
    assertThat(awaitOver(schedule).getEndedAtMs()).isEqualTo(NOW + 2_000);
  }

  @Test
  void shouldTakeOrdersFromThePageByTheRulesOfTheCommands() {
    // given
    tell(Topic.PORTFOLIO_STATE, account, Portfolio.unknown(account));

    // when
    String given = orders.give(order(account, NOW + 1_000, "max_positions=20"), "console");

    // then
    PolicySchedule schedule = topic.schedules().waiting(account).getFirst();
    assertThat(given)
        .isEqualTo(
            "%s changes %s to maxPositions=20 at 2025-11-19T10:00:01Z"
                .formatted(schedule.getScheduleId(), account));
    assertThat(schedule.getChanges()).containsExactly("maxPositions=20");
    assertThat(schedule.getReason()).isEqualTo("ramp");
    assertThat(schedule.getScheduledBy()).isEqualTo("console");
    assertThat(schedule.getCreatedAtMs()).isEqualTo(NOW);
    assertThat(schedule.getTradesBefore()).containsExactly(new TradesOf(account, 0L));
    assertRefused(order(account, NOW, "maxPositions=20"), "has passed by the pipeline's clock");
    assertRefused(order(account, null, "maxPositions=0"), "maxPositions = 0 is below 1");
    assertRefused(order("nobody", null, "maxPositions=20"), "there is no account 'nobody'");

    // when
    String withdrawn = orders.give(withdraw(schedule.getScheduleId()), "console");

    // then
    assertThat(withdrawn).isEqualTo(schedule.getScheduleId() + " is withdrawn");
    assertThat(now(schedule).getState()).isEqualTo(PolicyScheduleState.WITHDRAWN);
    assertRefused(withdraw(schedule.getScheduleId()), "does not wait any more: WITHDRAWN");
  }

  private void assertRefused(PolicyOrder order, String why) {
    assertThatThrownBy(() -> orders.give(order, "console"))
        .isInstanceOf(OrderRefusedException.class)
        .hasMessageContaining(why);
  }

  private static PolicyOrder order(String name, Long atMs, String change) {
    return new PolicyOrder(
        PolicyOrder.Kind.SCHEDULE,
        name,
        List.of(change),
        atMs,
        0,
        0,
        null,
        null,
        false,
        "",
        "ramp");
  }

  private static PolicyOrder withdraw(String id) {
    return new PolicyOrder(
        PolicyOrder.Kind.WITHDRAW, "", List.of(), null, 0, 0, null, null, false, id, "ramp");
  }
}
