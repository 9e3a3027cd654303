package io.quantumtrader.connectors.legacy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * In what the pipeline does not write what the old services wrote: {@code golden/rules.json}.
 *
 * @param differences fields that differ in writes that are made again
 * @param leftOut writes that are not made
 * @param added fields that only the new writes have
 */
record GoldenRules(List<Difference> differences, List<LeftOut> leftOut, List<Added> added) {

  /** Reads them. */
  static GoldenRules read() {
    try (InputStream in = GoldenRules.class.getResourceAsStream("/golden/rules.json")) {
      return new JsonMapper().readValue(in, GoldenRules.class);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Returns the rule for a field of a write, if it may differ. */
  Optional<Difference> difference(GoldenWrite write, String field) {
    return differences.stream()
        .filter(rule -> write.isOf(rule.services(), rule.key(), rule.cases()))
        .filter(rule -> rule.fields().contains(field))
        .findFirst();
  }

  /** Returns the rule for a write that is not made, if it may be left out. */
  Optional<LeftOut> leftOut(GoldenWrite write) {
    return leftOut.stream()
        .filter(rule -> write.isOf(rule.services(), rule.key(), rule.cases()))
        .filter(rule -> write.command().matches(rule.command()))
        .findFirst();
  }

  /** Whether a field may be there that the captured write has not. */
  boolean mayAdd(GoldenWrite write, String field) {
    return added.stream()
        .anyMatch(rule -> write.key().matches(rule.key()) && rule.fields().contains(field));
  }

  /**
   * Fields that differ on purpose.
   *
   * @param services regular expression over the names of the files
   * @param key regular expression over keys
   * @param cases regular expression over the names of cases
   * @param defect number of the defect that the old content would repeat
   */
  record Difference(
      String services, String key, String cases, Set<String> fields, String defect, String why) {}

  /**
   * Writes that are left out on purpose.
   *
   * @param services regular expression over the names of the files
   * @param command regular expression over commands
   * @param key regular expression over keys
   * @param cases regular expression over the names of cases
   * @param defect number of the defect that they would repeat
   */
  record LeftOut(
      String services, String command, String key, String cases, String defect, String why) {}

  /**
   * New fields.
   *
   * @param key regular expression over keys
   */
  record Added(String key, Set<String> fields) {}
}
