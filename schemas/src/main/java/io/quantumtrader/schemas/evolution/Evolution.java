package io.quantumtrader.schemas.evolution;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * What a change of a schema may do: every reader of one version reads every record of the other,
 * and logical types, precision and scale stay what they are.
 */
public final class Evolution {

  private Evolution() {}

  /** Returns why two versions of a subject are not fully compatible; empty where they are. */
  public static List<String> violations(Schema older, Schema newer) {
    List<String> found = new ArrayList<>();
    addUnreadable("the newer schema cannot read the older", newer, older, found);
    addUnreadable("the older schema cannot read the newer", older, newer, found);
    LogicalTypeRule.differences(older, newer)
        .forEach(difference -> found.add("logical type changed at " + difference));
    return List.copyOf(found);
  }

  private static void addUnreadable(String what, Schema reader, Schema writer, List<String> found) {
    var pair = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
    if (pair.getType() == SchemaCompatibilityType.COMPATIBLE) {
      return;
    }
    pair.getResult()
        .getIncompatibilities()
        .forEach(
            reason ->
                found.add(
                    what
                        + ": "
                        + reason.getType()
                        + " at "
                        + reason.getLocation()
                        + ": "
                        + reason.getMessage()));
  }
}
