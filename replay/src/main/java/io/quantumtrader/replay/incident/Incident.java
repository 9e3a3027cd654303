package io.quantumtrader.replay.incident;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The incidents that can be played. */
public enum Incident {
  /** 45 positions, and not one close. */
  POSITIONS_WITHOUT_CLOSE(
      "positions-without-close",
      "45 positions and no close",
      PositionsWithoutClose.STORY,
      PositionsWithoutClose::input),
  /** 566 symbols, and no limit. */
  SYMBOLS_WITHOUT_LIMITS(
      "symbols-without-limits",
      "566 symbols without limits",
      SymbolsWithoutLimits.STORY,
      SymbolsWithoutLimits::input),
  /** 99 % of intents refused. */
  REFUSED_INTENTS(
      "refused-intents",
      "99 % of the intents refused",
      RefusedIntents.STORY,
      RefusedIntents::input),
  /** A close held at a kill score of 0.756. */
  HELD_CLOSE(
      "held-close",
      "A close held at a kill score of 0.756",
      CloseThatWasHeld.STORY,
      CloseThatWasHeld::input);

  private final String label;
  private final String title;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> story;

  @SuppressWarnings("ImmutableEnumChecker") // a method's reference has no state
  private final Supplier<IncidentInput> input;

  Incident(String label, String title, List<String> story, Supplier<IncidentInput> input) {
    this.label = label;
    this.title = title;
    this.story = story;
    this.input = input;
  }

  /** Returns the one of this name, if there is one. */
  public static Optional<Incident> named(String label) {
    return Arrays.stream(values()).filter(each -> each.label.equals(label)).findFirst();
  }

  /** Returns the name that it is asked for by. */
  public String label() {
    return label;
  }

  /** Returns what it is, in a few words. */
  public String title() {
    return title;
  }

  /** Returns what happened and why, in paragraphs. */
  public List<String> story() {
    return story;
  }

  /** Returns what it is played with, made anew. */
  public IncidentInput input() {
    return input.get();
  }
}
