package io.quantumtrader.app.control;

import io.quantumtrader.console.book.Book;
import io.quantumtrader.console.order.ApprovalAnswer;
import io.quantumtrader.console.order.Approvals;
import io.quantumtrader.console.order.OrderRefusedException;
import io.quantumtrader.console.tap.RecordJson;
import io.quantumtrader.console.view.ApprovalView;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Approval;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.util.Map;
import org.apache.kafka.common.KafkaException;

/** Answers from the console to entries that wait: the same records that the command writes. */
public final class ApprovalDesk implements Approvals {

  private final Map<String, Object> client;
  private final RecordSerdes serdes;
  private final Book book;

  /**
   * Creates it; nothing is connected yet.
   *
   * @param client client configuration, {@code bootstrap.servers} at least
   * @param book what answers are held against
   */
  public ApprovalDesk(Map<String, Object> client, RecordSerdes serdes, Book book) {
    this.client = Map.copyOf(client);
    this.serdes = serdes;
    this.book = book;
  }

  @Override
  public String answer(ApprovalAnswer answer, String by) {
    ApplyPlan plan =
        book.read(pages -> ApprovalView.find(pages, answer.planId()))
            .orElseThrow(
                () ->
                    new OrderRefusedException(
                        "no entry with the plan id " + answer.planId() + " waits"));
    long nowMs = book.wallMs();
    try {
      AccountRecords.send(
          client,
          serdes,
          Topic.APPROVAL,
          plan.getAccount(),
          Approval.class,
          approval(plan, answer, by, nowMs),
          nowMs);
    } catch (KafkaException e) {
      throw new OrderRefusedException("the answer cannot be written: " + e.getMessage(), e);
    }
    return "%s: %s %s %s of account %s"
        .formatted(
            answer.granted() ? "granted" : "refused",
            plan.getSide(),
            RecordJson.plain(plan.getQuantity()),
            plan.getSymbol(),
            plan.getAccount());
  }

  private static Approval approval(ApplyPlan plan, ApprovalAnswer answer, String by, long nowMs) {
    return new Approval(
        plan.getPlanId(), plan.getAccount(), answer.granted(), answer.reason(), by, nowMs);
  }
}
