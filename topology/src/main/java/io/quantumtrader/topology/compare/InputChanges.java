package io.quantumtrader.topology.compare;

import io.quantumtrader.topology.compare.Upstream.Feed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Differences in what feeds a store or a written topic that is there before and after. Streams
 * finds a store by its name alone: under the same name it goes on with what another input left.
 */
final class InputChanges {

  private final Side before;
  private final Side after;
  private final Upstream upstream;
  private final Upstream upstreamNow;
  private final List<TopologyFinding> findings;

  InputChanges(Side before, Side after, List<TopologyFinding> findings) {
    this.before = before;
    this.after = after;
    this.upstream = new Upstream(before);
    this.upstreamNow = new Upstream(after);
    this.findings = findings;
  }

  void find() {
    for (String store : before.stores.keySet()) {
      if (after.stores.containsKey(store)) {
        store(store);
      }
    }
    Set<String> written = before.written();
    written.retainAll(after.written());
    for (String topic : written) {
      replaced(upstream.ofTopic(topic), upstreamNow.ofTopic(topic))
          .ifPresent(detail -> add(Change.SINK_INPUT, topic, detail));
    }
  }

  private void store(String store) {
    Feed was = upstream.ofStore(store);
    Feed is = upstreamNow.ofStore(store);
    Map<String, Set<String>> parts = upstream.topicsByPart(store);
    Map<String, Set<String>> partsNow = upstreamNow.topicsByPart(store);
    parts.keySet().retainAll(partsNow.keySet());
    replaced(was, is)
        .or(() -> replacedPart(parts, partsNow))
        .ifPresentOrElse(
            detail -> add(Change.STORE_INPUT, store, detail),
            () -> moreOrLess(store, parts, partsNow));
  }

  /** Some inputs went and others came: of topics, else of what both sides have by a given name. */
  private Optional<String> replaced(Feed was, Feed is) {
    if (isReplaced(was.topics(), is.topics())) {
      return Optional.of(difference(was.topics(), is.topics()));
    }
    Set<String> names = common(was.names());
    Set<String> namesNow = common(is.names());
    return isReplaced(names, namesNow)
        ? Optional.of(
            "was behind " + minus(names, namesNow) + ", is behind " + minus(namesNow, names))
        : Optional.empty();
  }

  private static Optional<String> replacedPart(
      Map<String, Set<String>> parts, Map<String, Set<String>> partsNow) {
    return parts.entrySet().stream()
        .filter(part -> isReplaced(part.getValue(), partsNow.get(part.getKey())))
        .map(
            part ->
                difference(part.getValue(), partsNow.get(part.getKey())) + " at " + part.getKey())
        .findFirst();
  }

  private void moreOrLess(
      String store, Map<String, Set<String>> parts, Map<String, Set<String>> partsNow) {
    parts.forEach(
        (part, topics) -> {
          Set<String> now = partsNow.get(part);
          if (!minus(topics, now).isEmpty()) {
            add(Change.STORE_INPUT_LOST, store, difference(topics, now));
          } else if (!minus(now, topics).isEmpty()) {
            add(Change.STORE_INPUT_ADDED, store, difference(topics, now));
          }
        });
  }

  private Set<String> common(Set<String> names) {
    Set<String> common = new TreeSet<>(names);
    common.removeIf(name -> !before.has(name) || !after.has(name));
    return common;
  }

  private static boolean isReplaced(Set<String> was, Set<String> is) {
    return !minus(was, is).isEmpty() && !minus(is, was).isEmpty();
  }

  private static Set<String> minus(Set<String> all, Set<String> without) {
    Set<String> left = new TreeSet<>(all);
    left.removeAll(without);
    return left;
  }

  private static String difference(Set<String> was, Set<String> is) {
    return "was fed by " + was + ", is fed by " + is;
  }

  private void add(Change change, String subject, String detail) {
    TopologyFinding finding = new TopologyFinding(change, subject, detail);
    if (!findings.contains(finding)) {
      findings.add(finding);
    }
  }
}
