package io.quantumtrader.console.letter;

import io.quantumtrader.console.Means;
import io.quantumtrader.console.view.DeadLetterRow;
import java.util.List;

/** A dead letter with everything that it says. */
public record LetterRow(
    @Means("the letter as it is listed") DeadLetterRow letter,
    @Means("its headers, in their order") List<HeaderRow> headers,
    @Means("how the value is shown: a record's type, text, hex or none") String valueAs,
    @Means("the value: JSON of a record, its text, or hexadecimal digits; long ones are cut")
        String value,
    @Means("why it is not sent again; empty where it may be") String refused,
    @Means("whether it may be sent only if that is asked for, because it still cannot be read")
        boolean unreadable,
    @Means("what is likely to come of it, where that is known") List<String> warnings) {

  /** A header. */
  public record HeaderRow(
      @Means("its name") String name, @Means("its value as text") String value) {}
}
