package io.quantumtrader.schemas.evolution;

/**
 * One thing that a change of a schema breaks.
 *
 * @param rule what kind of break it is
 * @param path the field, from the full name of the outermost record on: {@code R.list[].amount}
 * @param reading which direction breaks
 * @param reader version that reads
 * @param writer version that the records were written with
 * @param detail what is different
 * @param example a value that came out different when it was written and read; empty where none did
 */
public record EvolutionFinding(
    Rule rule,
    String path,
    Reading reading,
    String reader,
    String writer,
    String detail,
    String example) {

  EvolutionFinding withExample(String value) {
    return new EvolutionFinding(rule, path, reading, reader, writer, detail, value);
  }

  /** Returns the finding on one line. */
  public String text() {
    String who =
        switch (reading) {
          case NEW_READS_OLD -> "new readers (" + reader + ") of old records (" + writer + ")";
          case OLD_READS_NEW -> "old readers (" + reader + ") of new records (" + writer + ")";
          case ANY -> "every reader that gets " + reader;
        };
    return path
        + ": "
        + detail
        + "; breaks "
        + who
        + (example.isEmpty() ? "" : ": " + example)
        + " ["
        + rule
        + "]. Mend: "
        + rule.mend();
  }
}
