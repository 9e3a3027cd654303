package io.quantumtrader.console.testing;

import io.quantumtrader.console.book.Book;
import io.quantumtrader.console.letter.LetterRow;
import io.quantumtrader.console.letter.Letters;
import io.quantumtrader.console.letter.ReplayOrder;
import io.quantumtrader.console.order.ApprovalAnswer;
import io.quantumtrader.console.order.Approvals;
import io.quantumtrader.console.order.OrderRefusedException;
import io.quantumtrader.console.view.DeadLetterRow;
import io.quantumtrader.console.view.DeadLetterView;
import io.quantumtrader.schemas.deadletter.LetterPlace;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Letters out of a book, of which none can be read; replays and answers are noted. */
public final class GivenDesk implements Letters, Approvals {

  /** Why the one letter that is not sent again lightly cannot be read. */
  public static final String UNREADABLE =
      "it still cannot be read: no schema has this id: 4711; register its schema first, or say"
          + " that it may stay unreadable (--even-if-unreadable)";

  private final Book book;
  private final List<ReplayOrder> replays = new CopyOnWriteArrayList<>();
  private final List<ApprovalAnswer> answers = new CopyOnWriteArrayList<>();

  GivenDesk(Book book) {
    this.book = book;
  }

  @Override
  public LetterRow look(LetterPlace place) {
    DeadLetterRow row =
        book.read(pages -> DeadLetterView.rows(pages, 100)).stream()
            .filter(each -> new LetterPlace(each.partition(), each.offset()).equals(place))
            .findFirst()
            .orElseThrow(() -> new OrderRefusedException("there is no dead letter at " + place));
    return new LetterRow(
        row,
        List.of(new LetterRow.HeaderRow("trace", "7f3a")),
        "hex",
        "00 00 00 12 67",
        row.refused().isEmpty() ? UNREADABLE : row.refused(),
        row.refused().isEmpty(),
        List.of("It is 3.0 h old, at most 60 s are allowed: it will be denied INTENT_EXPIRED."));
  }

  @Override
  public String replay(ReplayOrder order, String by) {
    LetterRow letter = look(LetterPlace.parse(order.place()).orElseThrow());
    if (!letter.unreadable() || !order.evenIfUnreadable()) {
      throw new OrderRefusedException(letter.refused());
    }
    replays.add(order);
    return "sent again as 1:30 of quantum.trade.intent by " + by;
  }

  @Override
  public String answer(ApprovalAnswer answer, String by) {
    if (answer.planId().endsWith("ff")) {
      throw new OrderRefusedException("no entry with the plan id " + answer.planId() + " waits");
    }
    answers.add(answer);
    return (answer.granted() ? "granted " : "refused ") + answer.planId() + " by " + by;
  }

  /** Returns what was sent again. */
  public List<ReplayOrder> replays() {
    return List.copyOf(replays);
  }

  /** Returns what was said of entries. */
  public List<ApprovalAnswer> answers() {
    return List.copyOf(answers);
  }
}
