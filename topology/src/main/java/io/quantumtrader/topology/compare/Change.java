package io.quantumtrader.topology.compare;

import static io.quantumtrader.topology.compare.Verdict.BREAKING;
import static io.quantumtrader.topology.compare.Verdict.HARMLESS;
import static io.quantumtrader.topology.compare.Verdict.MIGRATION;

/** Every kind of difference, what it means, and what to do. */
public enum Change {
  PROCESSOR_ADDED(HARMLESS, Todo.NOTHING),
  PROCESSOR_REMOVED(HARMLESS, Todo.NOTHING),
  PROCESSOR_RENAMED(HARMLESS, Todo.NOTHING + "; metrics and logs carry the new name"),
  STAGE_REWIRED(HARMLESS, Todo.NOTHING + "; look at whether it is meant"),
  STAGE_STORES(HARMLESS, Todo.NOTHING),
  STAGES_REORDERED(HARMLESS, Todo.NOTHING + "; results may differ from here on"),
  STATEFUL_STAGES_REORDERED(
      MIGRATION,
      "what is stored was made in the other order; where that matters, run under a new application"
          + " id beside the old one until both agree, else deploy knowingly"),
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
      "delete its changelog topic once you will not go back; going back finds it as old as it is"),
  STORE_RENAMED(
      MIGRATION,
      "keep the old name. Otherwise the new store begins empty: run under a new application id"
          + " beside the old one, or copy the old changelog into the new while nothing runs"),
  STORE_TYPE(BREAKING, Todo.NEW_STORE),
  STORE_SERDE(BREAKING, Todo.NEW_STORE),
  STORE_PLACE(HARMLESS, Todo.NOTHING + "; it is restored from its changelog at the start"),
  STORE_CACHING(HARMLESS, "look at the readers: with a cache, results in between do not go out"),
  STORE_RETENTION(MIGRATION, Todo.SETTINGS),
  CHANGELOG_OFF(
      BREAKING,
      "turn the changelog on again: without it the store is lost with its process or disk"),
  CHANGELOG_ON(
      MIGRATION,
      "what is stored now is in no changelog: reset with kafka-streams-application-reset and read"
          + " the input again"),
  CHANGELOG_RENAMED(MIGRATION, "as for a renamed store: keep the name, or copy the topic"),
  CHANGELOG_SETTINGS(MIGRATION, Todo.SETTINGS),
  REPARTITION_ADDED(HARMLESS, Todo.NOTHING),
  STATE_REPARTITIONED(
      MIGRATION,
      "entries of stores lie where keys went before: reset with kafka-streams-application-reset, or"
          + " a new application id beside the old one"),
  REPARTITION_REMOVED(
      MIGRATION, "stop the input and let the topic run empty before you deploy, then delete it"),
  REPARTITION_RENAMED(
      MIGRATION,
      "keep the old name; otherwise stop the input and let the old topic run empty before you"
          + " deploy"),
  NAME_GENERATED(
      MIGRATION, "give it a name of your own: a generated one moves with the next change above it"),
  PARTITION_COUNT(
      MIGRATION,
      "Streams does not start on internal topics of another count, and keys move away from their"
          + " state: a new application id with new topics beside the old one, or reset"),
  COPARTITION_LOST(
      BREAKING,
      "give the topics of the sub-topology one partition count: keys do not meet otherwise"),
  SOURCE_ADDED(HARMLESS, Todo.NOTHING + "; it is read from where auto.offset.reset says"),
  SOURCE_REMOVED(BREAKING, "what is still written there is read by nobody; move its writers first"),
  SINK_ADDED(HARMLESS, "create the topic before you deploy"),
  SINK_REMOVED(BREAKING, "its readers get nothing more; move them first"),
  TOPIC_TYPE(BREAKING, "a new topic for the new type; write both until every reader has moved"),
  TOPIC_KEY(BREAKING, "a new topic for the new key; other wording alone: freeze it anew"),
  TOPIC_COMPACTION_LOST(BREAKING, "keep compaction: rows that do not change are deleted otherwise"),
  TOPIC_SETTINGS(MIGRATION, Todo.SETTINGS),
  TABLE_ADDED(HARMLESS, Todo.NOTHING),
  TABLE_REMOVED(HARMLESS, Todo.NOTHING),
  TABLE_CHANGED(HARMLESS, Todo.NOTHING + "; it is read anew from its topic"),
  APPLICATION_ID(
      MIGRATION,
      "a new id begins with empty stores and its own offsets: run it beside the old one, then stop"
          + " the old one and delete its internal topics"),
  OTHER(MIGRATION, "a difference without a rule: look at both exports");

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
        "stores change their task: stop every instance, delete the local state directories, start."
            + " Where partition counts differ between the sub-topologies: a new application id beside the"
            + " old one, or reset with kafka-streams-application-reset";
    static final String NEW_STORE =
        "a new store under a new name, filled from the old input under a new application id beside"
            + " the old one; old bytes cannot be read as the new type";
    static final String SETTINGS =
        "Streams changes no topic that is there: kafka-configs --alter before you deploy";

    private Todo() {}
  }
}
