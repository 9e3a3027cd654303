package io.quantumtrader.replay.record;

import java.util.ArrayList;
import java.util.List;

/**
 * Records of several topics in the order in which Streams has them: of those that come next in each
 * topic the one with the smallest time, and of equal ones that of the topic named first.
 */
final class Merged {

  private Merged() {}

  /**
   * Merges.
   *
   * @param queues the records of each topic, in their order there
   */
  static List<RecordedRecord> of(List<List<RecordedRecord>> queues) {
    int[] next = new int[queues.size()];
    List<RecordedRecord> merged = new ArrayList<>();
    for (int first = first(queues, next); first >= 0; first = first(queues, next)) {
      merged.add(queues.get(first).get(next[first]++));
    }
    return merged;
  }

  private static int first(List<List<RecordedRecord>> queues, int[] next) {
    int first = -1;
    long firstMs = Long.MAX_VALUE;
    for (int queue = 0; queue < next.length; queue++) {
      if (next[queue] < queues.get(queue).size()) {
        long atMs = queues.get(queue).get(next[queue]).timestampMs();
        if (first < 0 || atMs < firstMs) {
          first = queue;
          firstMs = atMs;
        }
      }
    }
    return first;
  }
}
