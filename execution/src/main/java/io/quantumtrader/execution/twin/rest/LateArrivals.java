package io.quantumtrader.execution.twin.rest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Requests that are held up on their way to the exchange. Thread-safe. */
final class LateArrivals {

  /**
   * A request that is on its way.
   *
   * @param dueMs when it arrives, by the exchange's clock, epoch milliseconds UTC
   */
  record Late(Route route, RestRequest request, long dueMs) {}

  private final PriorityQueue<Late> onTheirWay =
      new PriorityQueue<>(Comparator.comparingLong(Late::dueMs));

  /** Holds a request up. */
  synchronized void add(Route route, RestRequest request, long dueMs) {
    onTheirWay.add(new Late(route, request, dueMs));
  }

  /** Returns, once, what has arrived by a time, the earliest first. */
  synchronized List<Late> due(long nowMs) {
    List<Late> due = new ArrayList<>();
    while (!onTheirWay.isEmpty() && onTheirWay.peek().dueMs() <= nowMs) {
      due.add(onTheirWay.remove());
    }
    return due;
  }
}
