package io.quantumtrader.console.view;

import io.quantumtrader.console.Means;
import java.util.List;

/** One version of a policy. */
public record PolicyRow(
    @Means("default, or the account it replaces the default for") String name,
    @Means("version; 0 for the removal of an account's own record") long version,
    @Means("when, epoch ms UTC") long atMs,
    @Means("who; empty where it does not say") String setBy,
    @Means("why; empty where it does not say") String reason,
    @Means("what changed against the version before") List<ChangeRow> changes) {

  /** A threshold that changed. */
  public record ChangeRow(
      @Means("threshold") String field,
      @Means("value before") String before,
      @Means("value after") String after) {}
}
