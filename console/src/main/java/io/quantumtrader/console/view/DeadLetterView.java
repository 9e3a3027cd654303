package io.quantumtrader.console.view;

import io.quantumtrader.console.book.BookRecord;
import io.quantumtrader.console.book.Pages;
import io.quantumtrader.console.letter.ReplayCheck;
import io.quantumtrader.schemas.avro.LetterReplay;
import io.quantumtrader.schemas.deadletter.Letter;
import io.quantumtrader.schemas.topic.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Dead letters, and which of their records were sent again. */
public final class DeadLetterView {

  private DeadLetterView() {}

  /** Which records were sent again, by the place they had. */
  public static final class Replays {

    private final Map<String, LetterReplay> byKey = new HashMap<>();

    private Replays() {}

    /** Returns those that were noted. */
    public static Replays of(Stream<LetterReplay> noted) {
      Replays replays = new Replays();
      noted.forEach(
          each ->
              replays.byKey.put(
                  each.getTopic() + ":" + each.getPartition() + ":" + each.getOffset(), each));
      return replays;
    }

    /** Returns that the record of a letter was sent again, if it was; of whichever letter. */
    public Optional<LetterReplay> of(Letter letter) {
      return Optional.ofNullable(byKey.get(letter.replayKey()))
          .filter(done -> done.getValueSha256().equals(letter.valueSha256()));
    }
  }

  /**
   * Returns the last dead letters, the newest first.
   *
   * @param most how many, 1 or more
   */
  public static List<DeadLetterRow> rows(Pages pages, int most) {
    Replays replays =
        Replays.of(
            pages
                .streams()
                .oldestFirst(Topic.LETTER_REPLAY)
                .flatMap(record -> record.as(LetterReplay.class).stream()));
    return pages
        .streams()
        .newestFirst(Topic.DEAD_LETTER)
        .limit(most)
        .map(record -> row(record, replays))
        .toList();
  }

  /** Returns a letter as a row. */
  public static DeadLetterRow row(BookRecord record, Replays replays) {
    Letter letter = Letter.of(record.headers());
    Optional<LetterReplay> done = replays.of(letter);
    return new DeadLetterRow(
        record.partition(),
        record.offset(),
        record.atMs(),
        letter.topic(),
        letter.place(),
        record.key(),
        letter.reader().label(),
        letter.reason(),
        letter.message(),
        ReplayCheck.refusal(letter, done).orElse(""),
        done.map(LetterReplay::getAtMs).orElse(null),
        done.map(LetterReplay::getReplayedBy).orElse(""),
        done.map(LetterReplay::getReason).orElse(""));
  }
}
