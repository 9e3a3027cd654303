package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who may tell the exchange that the executor works, and who may take back what happens when nobody
 * does: the owner of the accounts, by the broker's word.
 */
final class SignOfLifeTest extends OpenPositionBase {

  private static final Duration WITHIN = Duration.ofSeconds(60);
  private static final String TOLD = "dead man ETHUSDT 60";
  private static final String TAKEN_BACK = "dead man ETHUSDT 0";

  private final AtomicLong ownMs = new AtomicLong(NOW);
  private MockClients clients;
  private ExecutorSession session;

  /** A session that has seen one step of the clock, and has told once. */
  private void begun() {
    open2();
    ExchangeAccount account = exchange.account("main", NOW).orElseThrow();
    clients =
        new MockClients(new PartitionHistory(NOW, Map.of("main", account), results, Map.of()));
    session =
        new ExecutorSession(
            MockClients.settings().deadMan(WITHIN).wallClock(ownMs::get).build(),
            exchange,
            clients,
            CrashPoint.Watch.NONE);
    session.open();
    clients.assign();
    clients.add(Topic.CLOCK, "0", clients.encoded(Topic.CLOCK, new Clock(NOW, 1_000L, 0)));
    session.step();
    assertThat(calls("dead man")).containsExactly(TOLD);
  }

  private void turn() {
    ownMs.addAndGet(20_000);
    session.step();
  }

  static Stream<KafkaException> replaced() {
    return Stream.of(
        new FencedInstanceIdException("another took over"),
        new CommitFailedException("no member any more"));
  }

  @Test
  void shouldGoOnTellingWhileTheFeedIsSilent() {
    // given
    begun();

    // when
    for (int turns = 0; turns < 3; turns++) {
      turn();
    }

    // then
    assertThat(calls("dead man")).hasSize(4).containsOnly(TOLD);
  }

  @Test
  void shouldAskTheBrokerFirstWhereNothingElseIsCommitted() {
    // given
    begun();
    session.step();
    int before = clients.plans.commits();

    // when: nothing is due, then something is
    session.step();
    int undue = clients.plans.commits();
    turn();

    // then
    assertThat(undue).isEqualTo(before);
    assertThat(clients.plans.commits()).isEqualTo(before + 1);
  }

  @ParameterizedTest
  @MethodSource("replaced")
  void shouldNotTellForWhoeverCameAfterIt(KafkaException refusal) {
    // given
    begun();
    clients.plans.refuse(refusal);

    // when
    assertThatThrownBy(this::turn).isSameAs(refusal);
    session.close(Duration.ZERO, true);

    // then: nor is it taken back
    assertThat(calls("dead man")).containsExactly(TOLD);
  }

  @Test
  void shouldNotTellWhereWhatCameOfTheStepIsNotCommitted() {
    // given
    begun();
    clients.producer.commitTransactionException = new TimeoutException("no answer");
    clients.add(Topic.CLOCK, "0", clients.encoded(Topic.CLOCK, new Clock(NOW + 40_000, 1_000L, 0)));

    // when
    assertThatThrownBy(this::turn).isInstanceOf(TimeoutException.class);

    // then
    assertThat(calls("dead man")).containsExactly(TOLD);
  }

  static Stream<KafkaException> notKnown() {
    return Stream.of(new RebalanceInProgressException("soon"), new TimeoutException("no answer"));
  }

  @ParameterizedTest
  @MethodSource("notKnown")
  void shouldSayNothingWhileTheBrokerDoesNotSayWhoseTheAccountsAre(KafkaException refusal) {
    // given
    begun();
    clients.plans.refuse(refusal);

    // when
    turn();
    session.release();

    // then
    assertThat(calls("dead man")).containsExactly(TOLD);
  }

  @Test
  void shouldLeaveItWhereThePartitionsGoToAnother() {
    // given
    begun();

    // when
    clients.plans.rebalance(List.of());
    turn();
    session.release();
    session.close(Duration.ZERO, true);

    // then
    assertThat(calls("dead man")).containsExactly(TOLD);
  }

  @Test
  void shouldTakeItBackWhereTheExecutorIsStoppedInOrder() {
    // given
    begun();

    // when
    session.release();
    session.close(Duration.ZERO, true);

    // then
    assertThat(calls("dead man")).containsExactly(TOLD, TAKEN_BACK);
  }

  @Test
  void shouldAskTheBrokerAFewTimesAtTheEnd() {
    // given
    begun();
    clients.plans.refuse(new TimeoutException("no answer"), 2);

    // when
    session.release();

    // then
    assertThat(calls("dead man")).containsExactly(TOLD, TAKEN_BACK);
    assertThat(session.isDeadManSet()).isFalse();
  }

  @Test
  void shouldCommitNothingNewAtTheEndOfAStepThatWasCutShort() {
    // given: a step has read a plan and was stopped before it was handled
    begun();
    clients.add(Topic.APPLY_PLAN, "main", new byte[] {1});
    var unused = clients.plans.poll(Duration.ZERO);

    // when
    session.releaseCutShort();

    // then
    assertThat(calls("dead man")).containsExactly(TOLD, TAKEN_BACK);
    assertThat(clients.plans.committed(Set.of(MockClients.PLANS)).get(MockClients.PLANS).offset())
        .isZero();
    assertThat(clients.plans.position(MockClients.PLANS)).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("replaced")
  void shouldNotTakeItBackForWhoeverCameAfterIt(KafkaException refusal) {
    // given
    begun();
    clients.plans.refuse(refusal);

    // when
    assertThatThrownBy(session::release).isSameAs(refusal);
    session.close(Duration.ZERO, true);

    // then
    assertThat(calls("dead man")).containsExactly(TOLD);
  }

  @Test
  void shouldNotTakeItBackWhereTheExecutorFails() {
    // given
    begun();

    // when
    session.close(Duration.ZERO, false);

    // then
    assertThat(calls("dead man")).containsExactly(TOLD);
  }

  @Test
  void shouldNotAskTheBrokerAtTheEndWhereNothingIsToBeTakenBack() {
    // given
    exchange.paper().cancelProtection("main", ETH, NOW);
    clients = new MockClients(PartitionHistory.NONE);
    session =
        new ExecutorSession(
            MockClients.settings().deadMan(WITHIN).wallClock(ownMs::get).build(),
            exchange,
            clients,
            CrashPoint.Watch.NONE);
    session.open();
    clients.assign();
    session.step();
    int before = clients.plans.commits();

    // when
    session.release();

    // then
    assertThat(clients.plans.commits()).isEqualTo(before);
  }
}
