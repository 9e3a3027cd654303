package io.quantumtrader.execution.twin.compare;

import io.quantumtrader.execution.twin.compare.Difference.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the comparison of a session came to.
 *
 * @param requests how many the session has
 * @param compared how many answers were compared
 * @param unresolved how many had no answer that says what was done, and were not compared
 * @param limited how many were refused for how much was asked, and were not sent to the twin
 * @param notes what of the session's start the twin could not be given
 * @param findings what differs, in the order in which it first did
 */
public record ComparisonReport(
    int requests,
    int compared,
    int unresolved,
    int limited,
    List<String> notes,
    List<Finding> findings) {

  /** Holds its own copies. */
  public ComparisonReport {
    notes = List.copyOf(notes);
    findings = List.copyOf(findings);
  }

  /**
   * A difference, and how often there is one of its kind in the same field of the same request.
   *
   * @param first the first of them
   * @param count 1 or more
   */
  public record Finding(Difference first, int count) {}

  /** Returns whether the twin answered all that was compared as the exchange did. */
  public boolean agrees() {
    return findings.isEmpty();
  }

  /** A report in the making. */
  public static final class Builder {
    private final Map<List<Object>, Finding> findings = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private int requests;
    private int compared;
    private int unresolved;
    private int limited;

    /** Creates one of nothing. */
    public Builder() {}

    /** Counts a request that was compared, with what differs. */
    public void compared(List<Difference> differences) {
      requests++;
      compared++;
      for (Difference each : differences) {
        findings.merge(
            kind(each),
            new Finding(each, 1),
            (held, more) -> new Finding(held.first(), held.count() + 1));
      }
    }

    private static List<Object> kind(Difference each) {
      // A status tells by itself what differs: two refusals with other codes are two findings.
      boolean whole = each.kind() == Kind.STATUS || each.kind() == Kind.CODE;
      String pair = whole ? each.recorded() + " " + each.twin() : "";
      return List.of(each.asked(), each.field(), each.kind(), pair);
    }

    /** Counts a request whose outcome the session does not have. */
    public void unresolved() {
      requests++;
      unresolved++;
    }

    /** Counts a request that came at a limit. */
    public void limited() {
      requests++;
      limited++;
    }

    /** Adds what could not be set up. */
    public void notes(List<String> more) {
      notes.addAll(more);
    }

    /** Returns the report. */
    public ComparisonReport build() {
      return new ComparisonReport(
          requests, compared, unresolved, limited, notes, List.copyOf(findings.values()));
    }
  }
}
