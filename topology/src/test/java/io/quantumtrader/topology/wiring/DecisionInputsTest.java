package io.quantumtrader.topology.wiring;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.wiring.Pipeline.ETH;
import static io.quantumtrader.topology.wiring.Pipeline.TWIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.topic.TaskInputs;
import io.quantumtrader.schemas.topic.Topic;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which records a task had taken, as each of its decisions tells. */
final class DecisionInputsTest extends WiringTest {

  private static final String INTENT = Topic.TRADE_INTENT.topicName();
  private static final String CLOCK = Topic.CLOCK.topicName();
  private static final String PROPOSAL = Topic.HARVEST_PROPOSAL.topicName();
  private static final String RESULT = Topic.APPLY_RESULT.topicName();

  private static List<TaskInputs> inputs(Outputs outputs) {
    return inputs(outputs, Topic.DECISION);
  }

  private static List<TaskInputs> inputs(Outputs outputs, Topic topic) {
    return outputs.all().stream()
        .filter(record -> record.topic().equals(topic.topicName()))
        .map(record -> TaskInputs.of(record.headers()))
        .toList();
  }

  private static TaskInputs only(Outputs outputs) {
    List<TaskInputs> all = inputs(outputs);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  @Test
  void shouldNameTheRecordThatADecisionFollowsFromFirst() {
    // when
    TaskInputs main = only(pipeline.when(it -> it.intent(Pipeline.buy(MAIN, "i1", BTC))));
    pipeline.pass(1000);
    TaskInputs twin = only(pipeline.when(it -> it.intent(Pipeline.buy(TWIN, "i1", ETH))));

    // then: both accounts are of one task, which has taken two steps of the clock
    assertThat(main.lastFirst().firstEntry().getKey()).isEqualTo(INTENT);
    assertThat(main.last(INTENT)).hasValue(0);
    assertThat(main.last(CLOCK)).hasValue(0);
    assertThat(twin.lastFirst().firstEntry().getKey()).isEqualTo(INTENT);
    assertThat(twin.last(INTENT)).hasValue(1);
    assertThat(twin.last(CLOCK)).hasValue(1);
  }

  /** What brings no decision is named by the next one: a wallet, a result, a snapshot. */
  @Test
  void shouldNameWhatWasTakenInBetween() {
    // given
    pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");

    // when
    TaskInputs hold = only(pipeline.when(it -> it.proposal(Pipeline.closeAll(MAIN, BTC))));

    // then
    assertThat(hold.lastFirst().firstEntry().getKey()).isEqualTo(PROPOSAL);
    assertThat(hold.last(RESULT)).isPresent();
    assertThat(hold.last(Topic.EXCHANGE_ACCOUNT.topicName())).isPresent();
  }

  /** A fill brings no decision; the row of the ledger and the money that it leads to tell it. */
  @Test
  void shouldNameTheResultThatARowOfTheLedgerFollowsFrom() {
    // given
    ApplyPlan plan = pipeline.when(it -> it.intent(Pipeline.buy(TWIN, "i1", ETH))).plan();

    // when
    Outputs outputs = pipeline.when(it -> it.fill(plan, "3000"));

    // then
    for (Topic topic : List.of(Topic.POSITION_LEDGER, Topic.PORTFOLIO_STATE)) {
      assertThat(inputs(outputs, topic))
          .as(topic.topicName())
          .isNotEmpty()
          .allSatisfy(
              each -> {
                assertThat(each.lastFirst().firstEntry().getKey()).isEqualTo(RESULT);
                assertThat(each.last(INTENT)).hasValue(0);
              });
    }
  }
}
