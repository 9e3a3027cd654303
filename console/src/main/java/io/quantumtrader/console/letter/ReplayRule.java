package io.quantumtrader.console.letter;

import static io.quantumtrader.schemas.deadletter.LetterReader.AGENT;
import static io.quantumtrader.schemas.deadletter.LetterReader.EXECUTOR;
import static io.quantumtrader.schemas.deadletter.LetterReader.FEED;
import static io.quantumtrader.schemas.deadletter.LetterReader.REDIS_SINK;
import static io.quantumtrader.schemas.deadletter.LetterReader.REDIS_SOURCE;
import static io.quantumtrader.schemas.deadletter.LetterReader.STAGES;
import static io.quantumtrader.schemas.deadletter.LetterReader.TABLES;

import io.quantumtrader.schemas.deadletter.LetterReader;
import io.quantumtrader.schemas.topic.Topic;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What sending a record again would mean, by who could do nothing with it and the topic it came
 * from. A record goes back to its topic, where everybody reads it who reads that topic; so only
 * those go back of which a second copy changes nothing for whoever has read the first. The first
 * rule that fits holds, and one always does.
 */
public enum ReplayRule {
  /** The stages take an intent's id once a day, so a copy of one that was decided is denied. */
  INTENT(
      EnumSet.of(STAGES),
      EnumSet.of(Topic.TRADE_INTENT),
      "",
      "It is decided like any other: INTENT_EXPIRED if it is too old, INTENT_DUPLICATE if its id"
          + " was decided before."),
  /** The executor takes a plan's id once, and only while its permit lives. */
  PLAN(
      EnumSet.of(EXECUTOR),
      EnumSet.of(Topic.APPLY_PLAN),
      "",
      "The executor takes a plan id once. It is usually too late, so it answers PERMIT_LAPSED,"
          + " which ends the reservation."),
  /** The fill may have been booked in another way since, and its id is remembered for a day. */
  RESULT(
      EnumSet.of(STAGES),
      EnumSet.of(Topic.APPLY_RESULT),
      "a fill could be booked twice: its id is remembered for a day, and what the exchange did may"
          + " have been adopted since; see what differs with ./quantum status",
      "Results fold in their order, and a plan's last one counts."),
  /** What a person said holds for the minute in which the plan waits. */
  APPROVAL(
      EnumSet.of(EXECUTOR),
      EnumSet.of(Topic.APPROVAL),
      "what a person said holds while the entry waits; say it anew with ./quantum approvals",
      "Nobody is bound later by what they said before."),
  /** The next step says more than this one. */
  CLOCK(
      EnumSet.of(STAGES, EXECUTOR),
      EnumSet.of(Topic.CLOCK),
      "the clock has gone on; a step of the past is passed over",
      "The next step takes its place."),
  /** Prices of the past. */
  PRICE(
      EnumSet.of(STAGES),
      EnumSet.of(Topic.CANDLE, Topic.MARK),
      "newer prices have come; an old one would be dropped, or be taken for the newest",
      "The next candle or mark takes its place; a gap is warmed up by itself."),
  /** Rows that their writer writes anew. */
  ROW(
      EnumSet.of(STAGES),
      EnumSet.of(Topic.EXCHANGE_ACCOUNT, Topic.POSITION_SNAPSHOT, Topic.HARVEST_PROPOSAL),
      "it would put an old state over a newer one; its writer writes the next",
      "The next row takes its place."),
  /** Versions are counted. */
  POLICY(
      EnumSet.of(TABLES),
      EnumSet.of(Topic.POLICY),
      "it would undo what was set since; set it anew with ./quantum policy set",
      "A version is one record for ever (ADR 17)."),
  /** Orders are not repeated. */
  CONTROL(
      EnumSet.of(TABLES),
      EnumSet.of(Topic.CONTROL),
      "it would undo what was ordered since; order it anew with ./quantum control",
      "The record replaces the one before it whole."),
  /** Tables that the pipeline fills. */
  TABLE(
      EnumSet.of(TABLES),
      EnumSet.of(Topic.INSTRUMENT, Topic.UNIVERSE, Topic.MARKET_STATE),
      "it would put an old row over a newer one; its writer writes the next",
      "The next row takes its place."),
  /** The agent looks at states and steps of which the next says more. */
  OF_AGENT(
      EnumSet.of(AGENT),
      EnumSet.allOf(Topic.class),
      "others have read it and would again; the agent goes by the next",
      "The agent decides by what is newest."),
  /** A line of text is no record. */
  OF_FEED(
      EnumSet.of(FEED),
      EnumSet.allOf(Topic.class),
      "it is a line of a file; mend the line and give the file again, or use ./quantum intent",
      "The letter has the line's text."),
  /** An entry of Redis is no record. */
  OF_REDIS_SOURCE(
      EnumSet.of(REDIS_SOURCE),
      EnumSet.allOf(Topic.class),
      "it is an entry of a Redis stream; mend it and XADD it again",
      "The letter has the entry's fields as JSON."),
  /** Others have read the topic. */
  OF_REDIS_SINK(
      EnumSet.of(REDIS_SINK),
      EnumSet.allOf(Topic.class),
      "others have read it from its topic and would again; ./quantum redis rebuild writes the keys"
          + " anew",
      "Only Redis lacks it."),
  /** Repartition topics: what lies there follows from what went in. */
  BETWEEN_STAGES(
      EnumSet.of(STAGES, TABLES),
      EnumSet.noneOf(Topic.class),
      "it lies between two stages; what led to it leads to the next",
      "Any topic that is not in the catalog."),
  /** Everything else: nobody is known who writes such a letter. */
  OTHER(
      EnumSet.allOf(LetterReader.class),
      EnumSet.allOf(Topic.class),
      "nothing is known of who could not read it",
      "Also letters of earlier versions, which did not name their reader where several read.");

  @SuppressWarnings("ImmutableEnumChecker") // unmodifiable, in the order of the enum
  private final Set<LetterReader> readers;

  @SuppressWarnings("ImmutableEnumChecker") // unmodifiable, in the order of the enum
  private final Set<Topic> topics;

  private final String refusal;
  private final String meaning;

  ReplayRule(Set<LetterReader> readers, Set<Topic> topics, String refusal, String meaning) {
    this.readers = Collections.unmodifiableSet(readers);
    this.topics = Collections.unmodifiableSet(topics);
    this.refusal = refusal;
    this.meaning = meaning;
  }

  /**
   * Returns the rule that holds.
   *
   * @param reader who could do nothing with the record
   * @param topicName topic that it came from
   */
  public static ReplayRule of(LetterReader reader, String topicName) {
    return Arrays.stream(values())
        .filter(rule -> rule.readers.contains(reader))
        .filter(
            rule ->
                rule == OTHER
                    || Topic.named(topicName)
                        .map(rule.topics::contains)
                        .orElse(
                            rule.topics.isEmpty() || rule.topics.size() == Topic.values().length))
        .findFirst()
        .orElseThrow();
  }

  /** Returns whether a record may be sent again at all. */
  public boolean isAllowed() {
    return refusal.isEmpty();
  }

  /** Returns why not, and what to do instead; empty where it may be. */
  public String refusal() {
    return refusal;
  }

  /** Returns the rules as a table for people, in Markdown. */
  public static String table() {
    StringBuilder text =
        new StringBuilder("| written by | of | sent again | why |\n|---|---|---|---|\n");
    for (ReplayRule rule : values()) {
      text.append("| ").append(rule.readersText());
      text.append(" | ").append(rule.topicsText());
      text.append(" | ").append(rule.isAllowed() ? "once" : "refused: " + rule.refusal);
      text.append(" | ").append(rule.meaning).append(" |\n");
    }
    return text.toString();
  }

  private String readersText() {
    return this == OTHER
        ? "anybody else"
        : readers.stream().map(LetterReader::label).collect(Collectors.joining(", "));
  }

  private String topicsText() {
    if (topics.isEmpty()) {
      return "other topics";
    }
    return topics.size() == Topic.values().length
        ? "any"
        : topics.stream()
            .map(topic -> "`" + topic.topicName() + "`")
            .collect(Collectors.joining(", "));
  }
}
