package io.quantumtrader.topology.compare;

import static io.quantumtrader.topology.compare.Verdict.BREAKING;
import static io.quantumtrader.topology.compare.Verdict.HARMLESS;
import static io.quantumtrader.topology.compare.Verdict.MIGRATION;

/** Every kind of difference, what it means, and what to do. */
public enum Change {
  PROCESSOR_ADDED(HARMLESS, Todo.NOTHING),
  PROCESSOR_REMOVED(HARMLESS, Todo.NOTHING),
  PROCESSOR_RENAMED(HARMLESS, Todo.NOTHING + "; metrics and logs carry the new name"),
  STAGE_REWIRED(HARMLESS, Todo.NOTHING + "; check that it is intended"),
  STAGE_STORES(HARMLESS, Todo.NOTHING),
  STAGES_REORDERED(HARMLESS, Todo.NOTHING + "; results may differ from here on"),
  STATEFUL_STAGES_REORDERED(
      MIGRATION,
      "what is stored was made in the old order; if that matters, run under a new application id"
          + " beside the old one until both agree, otherwise deploy and accept it"),
  SUBTOPOLOGY_NAMED(HARMLESS, Todo.NOTHING),
  STATELESS_SUBTOPOLOGY_RENUMBERED(HARMLESS, Todo.NOTHING),
  SUBTOPOLOGY_RENUMBERED(
      MIGRATION,
      "task ids change: stop every instance, delete the local state directories, start; no rolling"
          + " deployment. Changelogs are found by name and restored"),
  SUBTOPOLOGY_SPLIT(MIGRATION, Todo.MOVED),
  SUBTOPOLOGY_MERGED(MIGRATION, Todo.MOVED),
  STORE_ADDED(HARMLESS, Todo.NOTHING + "; it begins empty"),
  STORE_REMOVED(
      MIGRATION,
      "delete its changelog topic once you are sure not to roll back; a rollback finds it as it"
          + " is now"),
  STORE_RENAMED(
      MIGRATION,
      "keep the old name. Otherwise the new store begins empty: run under a new application id"
          + " beside the old one, or copy the old changelog into the new while nothing runs"),
  STORE_TYPE(BREAKING, Todo.NEW_STORE),
  STORE_SERDE(BREAKING, Todo.NEW_STORE),
  STORE_INPUT(
      BREAKING,
      "the store is found by its name and goes on with what the other input left in it: give every"
          + " store a name of its own (Materialized.as), and the changed one a new name"),
  STORE_INPUT_LOST(
      MIGRATION,
      "what that input left stays in the store: reset with kafka-streams-application-reset if it"
          + " must go"),
  STORE_INPUT_ADDED(HARMLESS, Todo.NOTHING + "; it reads from where auto.offset.reset says"),
  STORE_PLACE(HARMLESS, Todo.NOTHING + "; it is restored from its changelog at the start"),
  STORE_CACHING(HARMLESS, "check the readers: with a cache, intermediate results are not sent"),
  STORE_RETENTION(MIGRATION, Todo.SETTINGS),
  CHANGELOG_OFF(
      BREAKING,
      "turn the changelog on again: without it the store is lost with its process or disk"),
  RESTORED_FROM_SOURCE(
      MIGRATION,
      "set cleanup.policy=compact on that topic: otherwise rows that do not change are missing after"
          + " a restore. Delete the old changelog once you are sure not to roll back"),
  SOURCE_NOT_COMPACTED(
      BREAKING,
      "set cleanup.policy=compact on that topic before you deploy, or turn topology.optimization"
          + " off: rows that do not change are missing after a restore"),
  CHANGELOG_OF_ITS_OWN(
      MIGRATION,
      "the new changelog begins empty: reset with kafka-streams-application-reset, so that the"
          + " table is read again from its topic"),
  CHANGELOG_ON(
      MIGRATION,
      "what is stored now is in no changelog: reset with kafka-streams-application-reset and"
          + " read the input again"),
  CHANGELOG_RENAMED(MIGRATION, "as for a renamed store: keep the name, or copy the topic"),
  CHANGELOG_SETTINGS(MIGRATION, Todo.SETTINGS),
  REPARTITION_ADDED(HARMLESS, Todo.NOTHING),
  STATE_REPARTITIONED(
      MIGRATION,
      "store entries are still in the partitions where their keys went before: reset with"
          + " kafka-streams-application-reset, or"
          + " a new application id beside the old one"),
  REPARTITION_REMOVED(
      MIGRATION, "stop the input and let the topic run empty before you deploy, then delete it"),
  REPARTITION_RENAMED(
      MIGRATION,
      "keep the old name; otherwise stop the input and let the old topic run empty before you"
          + " deploy"),
  NAME_GENERATED(
      MIGRATION, "name it explicitly: a generated name changes with the next change upstream"),
  PARTITION_COUNT(
      MIGRATION,
      "Streams does not start on internal topics of another count, and keys move away from their"
          + " state: a new application id with new topics beside the old one, or reset"),
  COPARTITION_LOST(
      BREAKING,
      "give the sub-topology's topics the same partition count: otherwise equal keys do not meet"),
  SOURCE_ADDED(HARMLESS, Todo.NOTHING + "; it is read from where auto.offset.reset says"),
  SOURCE_REMOVED(BREAKING, "nobody reads what is still written there; move its writers first"),
  SINK_ADDED(HARMLESS, "create the topic before you deploy"),
  SINK_REMOVED(BREAKING, "its readers will get nothing more; move them first"),
  SINK_INPUT(
      BREAKING,
      "its readers get other records: write them to a new topic, or give the sink back its input"),
  TOPIC_TYPE(BREAKING, "a new topic for the new type; write both until every reader has moved"),
  TOPIC_KEY(
      BREAKING,
      "a new topic for the new key; if only the wording changed, write the"
          + " released export again"),
  TOPIC_COMPACTION_LOST(BREAKING, "keep compaction: rows that do not change are deleted otherwise"),
  TOPIC_SETTINGS(MIGRATION, Todo.SETTINGS),
  TABLE_ADDED(HARMLESS, Todo.NOTHING),
  TABLE_REMOVED(HARMLESS, Todo.NOTHING),
  TABLE_TOPIC(
      BREAKING,
      "who looks something up in it finds the rows of the other topic: use a new store under a new"
          + " name"),
  TABLE_CHANGED(HARMLESS, Todo.NOTHING + "; it is read again from its topic"),
  APPLICATION_ID(
      MIGRATION,
      "a new id begins with empty stores and its own offsets: run it beside the old one, then stop"
          + " the old one and delete its internal topics"),
  OTHER(MIGRATION, "no rule covers this difference: compare both exports");

  private final Verdict verdict;
  private final String todo;

  Change(Verdict verdict, String todo) {
    this.verdict = verdict;
    this.todo = todo;
  }

  /** Returns how much it matters. */
  public Verdict verdict() {
    return verdict;
  }

  /** Returns what to do about it, in one line. */
  public String todo() {
    return todo;
  }

  /** What several of them advise. */
  private static final class Todo {
    static final String NOTHING = "nothing to do";
    static final String MOVED =
        "stores move to another task: stop every instance, delete the local state directories,"
            + " start."
            + " If the sub-topologies' partition counts differ: a new application id beside the"
            + " old one, or reset with kafka-streams-application-reset";
    static final String NEW_STORE =
        "use a new store under a new name, filled from the old input under a new application id"
            + " beside"
            + " the old one; old bytes cannot be read as the new type";
    static final String SETTINGS =
        "Streams does not change existing topics: run kafka-configs --alter before you deploy";

    private Todo() {}
  }
}
