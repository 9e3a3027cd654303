package io.quantumtrader.schemas.legacy;

import io.quantumtrader.schemas.avro.IntentAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a legacy message asks for, out of the three fields that senders write it in: {@code
 * intent_action}, the documented name, before {@code action}, before {@code side}. The first that
 * is there decides. Where another one asks for something else, the message contradicts itself and
 * must not become an order: a sender who writes OPEN_LONG beside SELL has a fault that only the
 * sender can find.
 *
 * <p>{@code side} beside an action is the side of the order or of the position, both were sent: it
 * says nothing beside CLOSE or HOLD, since a symbol has one position at most.
 *
 * @param action what decides
 * @param reduceOnly whether the order may only make the position smaller
 * @param contradictions the fields that do not go together, as {@code name=text}; empty if all do
 */
record SentWish(SentAction action, boolean reduceOnly, List<String> contradictions) {

  private static final List<String> NAMES = List.of("intent_action", "action", "side");

  private record Word(String name, String text, SentAction action) {}

  static SentWish of(SentFields message) {
    List<Word> words = words(message);
    SentAction first = words.isEmpty() ? SentAction.of("") : words.get(0).action();
    boolean flagged = message.isTrue("reduceOnly") || message.isTrue("reduce_only");
    List<String> contradictions = new ArrayList<>();
    for (Word word : words) {
      if (!agrees(first, word, flagged)) {
        contradictions.add(word.name() + "=" + word.text());
      }
    }
    boolean opens = !words.isEmpty() && SentAction.spelling(words.get(0).text()).startsWith("OPEN");
    if (flagged && opens) {
      contradictions.add("reduceOnly=true");
    }
    if (!contradictions.isEmpty()) {
      contradictions.add(0, words.get(0).name() + "=" + words.get(0).text());
    }
    return new SentWish(first, first.closing() || flagged, List.copyOf(contradictions));
  }

  private static List<Word> words(SentFields message) {
    List<Word> words = new ArrayList<>();
    for (String name : NAMES) {
      message
          .text(name)
          .ifPresent(
              text -> words.add(new Word(name, SentFields.shown(text), SentAction.of(text))));
    }
    return words;
  }

  /** A word that this version does not know says nothing beside one that it knows. */
  private static boolean agrees(SentAction first, Word word, boolean reduceOnly) {
    IntentAction other = word.action().action();
    if (other == IntentAction.UNRECOGNIZED || first.action() == IntentAction.UNRECOGNIZED) {
      return true;
    }
    boolean side = word.name().equals("side");
    return switch (first.action()) {
      case HOLD -> side || other == IntentAction.HOLD;
      case CLOSE -> side || isOrderSide(word) || closes(word);
      default -> agreesWithSide(first, word, reduceOnly);
    };
  }

  private static boolean agreesWithSide(SentAction first, Word word, boolean reduceOnly) {
    Optional<Boolean> wanted = buys(first);
    Optional<Boolean> said = buys(word.action());
    boolean less = first.closing() || reduceOnly;
    if (word.name().equals("side") && less && isPositionSide(word)) {
      // The position that a reducing order is for lies on the other side; some name the order's.
      return !first.closing() || !wanted.equals(said);
    }
    boolean sameKind = first.closing() || !word.action().closing() || reduceOnly;
    return wanted.equals(said) && sameKind;
  }

  private static Optional<Boolean> buys(SentAction action) {
    return switch (action.action()) {
      case BUY, OPEN_LONG -> Optional.of(true);
      case SELL, OPEN_SHORT -> Optional.of(false);
      case CLOSE, HOLD, UNRECOGNIZED -> Optional.empty();
    };
  }

  private static boolean closes(Word word) {
    return word.action().action() == IntentAction.CLOSE || word.action().closing();
  }

  private static boolean isOrderSide(Word word) {
    String spelling = SentAction.spelling(word.text());
    return spelling.equals("BUY") || spelling.equals("SELL");
  }

  private static boolean isPositionSide(Word word) {
    String spelling = SentAction.spelling(word.text());
    return spelling.equals("LONG") || spelling.equals("SHORT");
  }
}
