package io.quantumtrader.connectors.redis.source;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the streams of a task in one group: first what was sent before a crash is acknowledged,
 * then what this consumer was given and did not take, then new entries, and now and then what other
 * consumers left lying.
 */
final class GroupReader {

  private static final Logger LOG = LoggerFactory.getLogger(GroupReader.class);
  private static final int PAGE = 1000;
  private static final int OLD_PAGE = 100;

  /** More reads than this that Kafka does not have yet: no more are made. */
  private static final int OPEN_READS = 64;

  private static final long BRIEFLY_MS = 20;
  private static final long LOOK_EVERY_MS = 5_000;
  private static final long CLAIM_EVERY_MS = 30_000;

  private final Map<String, StreamTail> tails = new HashMap<>();

  /** Behind which id entries are read again; absent where all were. */
  private final Map<String, StreamId> readingAgain = new HashMap<>();

  private final Map<String, StreamId> claimFrom = new HashMap<>();
  private final RedisSourceConfig config;
  private final Clock clock;
  private final String group;
  private final String consumer;
  private final long idleMs;

  /** Streams whose key holds something else: they are passed over until it is mended. */
  private final Set<String> stopped = new TreeSet<>();

  private boolean prepared;
  private long nextLookMs;
  private long nextClaimMs;

  GroupReader(RedisSourceConfig config, List<StreamTail> tails, Clock clock) {
    this.config = config;
    this.clock = clock;
    this.group = config.group();
    this.consumer = config.consumer();
    this.idleMs = config.getLong(RedisSourceConfig.CLAIM_IDLE);
    tails.forEach(tail -> this.tails.put(tail.stream(), tail));
  }

  /** Returns whether there is a stream to wait for. */
  boolean isReading() {
    return !reading().isEmpty();
  }

  /** Returns what keeps single streams from being read, one line; empty where nothing does. */
  String trouble() {
    return stopped.isEmpty()
        ? ""
        : "no stream in key "
            + String.join(", ", stopped)
            + ": nothing is read from there until it is deleted or holds one";
  }

  private List<StreamTail> reading() {
    return tails.values().stream().filter(tail -> !stopped.contains(tail.stream())).toList();
  }

  /** Notes that a connection is new: what an answer that never came had brought is read again. */
  void reconnected() {
    prepared = false;
    tails.keySet().forEach(stream -> readingAgain.put(stream, StreamId.ZERO));
  }

  /**
   * Reads.
   *
   * @param blockMs how long to wait for new entries
   * @param out where records go
   */
  void poll(StreamSession session, long blockMs, List<SourceRecord> out) {
    try {
      acknowledge(session);
      prepare(session);
      look(session);
      readAgain(session, out);
      if (out.isEmpty()) {
        claim(session, out);
      }
      if (out.isEmpty()) {
        readNew(session, blockMs, out);
      }
    } catch (StreamSession.NoGroupException gone) {
      LOG.warn("{}; creating the group again", gone.getMessage());
      prepared = false;
    } catch (StreamSession.NoStreamException wrong) {
      stopWrong(session);
    }
  }

  /** One key of another type must not keep the others, or the kill switch, from being read. */
  private void stopWrong(StreamSession session) {
    for (StreamTail tail : reading()) {
      if (!isStreamOrAbsent(session, tail)) {
        stopped.add(tail.stream());
        LOG.error("{}", trouble());
      }
    }
  }

  private void startMended(StreamSession session) {
    for (String stream : List.copyOf(stopped)) {
      if (isStreamOrAbsent(session, tails.get(stream))) {
        LOG.info("reading {} again", stream);
        stopped.remove(stream);
        readingAgain.put(stream, StreamId.ZERO);
        prepared = false;
      }
    }
  }

  private static boolean isStreamOrAbsent(StreamSession session, StreamTail tail) {
    try {
      var unused = session.lastId(tail.stream());
      return true;
    } catch (StreamSession.NoStreamException wrong) {
      return false;
    }
  }

  /** Tells Redis about entries that Kafka has. */
  void acknowledge(StreamSession session) {
    for (StreamTail tail : reading()) {
      List<StreamId> ids = tail.acknowledgeable(PAGE);
      while (!ids.isEmpty()) {
        try {
          session.acknowledge(tail.stream(), group, ids);
        } catch (RuntimeException failure) {
          tail.notAcknowledged(ids);
          throw failure;
        }
        tail.acknowledged(ids);
        ids = tail.acknowledgeable(PAGE);
      }
    }
  }

  /** Makes groups that are not there, and acknowledges what was sent before a crash; once. */
  void prepare(StreamSession session) {
    if (prepared) {
      return;
    }
    stopWrong(session);
    for (StreamTail tail : reading()) {
      makeGroup(session, tail);
      for (SentRanges.Range range : tail.recovered()) {
        settle(session, tail, range);
      }
      tail.settled();
    }
    prepared = true;
  }

  /** What was sent before a crash needs no more than to be acknowledged. */
  private void settle(StreamSession session, StreamTail tail, SentRanges.Range range) {
    while (true) {
      List<StreamId> ids = session.pending(tail.stream(), group, range.first(), range.last(), PAGE);
      if (ids.isEmpty()) {
        return;
      }
      LOG.info("{} entries of {} are already in Kafka", ids.size(), tail.stream());
      session.acknowledge(tail.stream(), group, ids);
      tail.metrics().count(0, 0, ids.size(), 0);
    }
  }

  private void makeGroup(StreamSession session, StreamTail tail) {
    String stream = tail.stream();
    String start = config.getString(RedisSourceConfig.GROUP_START);
    boolean anew = false;
    if (tail.last() != null) {
      Optional<StreamId> end = session.lastId(stream);
      anew = end.isEmpty() || end.get().compareTo(tail.last()) < 0;
      start = anew ? "0" : tail.last().toString();
    }
    boolean made = session.createGroup(stream, group, start);
    if (made) {
      LOG.info("created group {} of {}, starting after {}", group, stream, start);
    }
    if (made && (anew || tail.last() == null)) {
      tail.startsBehind(session.standing(stream, group).orElseThrow().delivered());
    }
  }

  /** Looks now and then how the streams stand, and whether one that was stopped is mended. */
  private void look(StreamSession session) {
    if (clock.millis() < nextLookMs) {
      return;
    }
    nextLookMs = clock.millis() + LOOK_EVERY_MS;
    startMended(session);
    prepare(session);
    for (StreamTail tail : reading()) {
      session.standing(tail.stream(), group).ifPresent(tail.metrics()::standing);
    }
  }

  private void readAgain(StreamSession session, List<SourceRecord> out) {
    for (String stream : List.copyOf(readingAgain.keySet())) {
      if (stopped.contains(stream)) {
        continue;
      }
      StreamId after = readingAgain.get(stream);
      List<StreamEntry> entries = session.readPending(stream, group, consumer, OLD_PAGE, after);
      if (entries.isEmpty()) {
        readingAgain.remove(stream);
        continue;
      }
      tails.get(stream).takeOld(entries, out);
      readingAgain.put(stream, entries.get(entries.size() - 1).id());
    }
  }

  private void claim(StreamSession session, List<SourceRecord> out) {
    if (clock.millis() < nextClaimMs) {
      return;
    }
    boolean all = true;
    for (StreamTail tail : reading()) {
      String stream = tail.stream();
      StreamId from = claimFrom.getOrDefault(stream, StreamId.ZERO);
      StreamSession.Claimed claimed =
          session.claim(stream, group, consumer, idleMs, from, OLD_PAGE);
      int taken = tail.takeOld(claimed.entries(), out);
      tail.metrics().count(0, 0, 0, taken);
      claimFrom.put(stream, claimed.next());
      all &= claimed.next().equals(StreamId.ZERO);
      if (claimed.unnamed()) {
        readingAgain.put(stream, StreamId.ZERO);
      }
    }
    if (all) {
      nextClaimMs = clock.millis() + Math.min(idleMs, CLAIM_EVERY_MS);
    }
  }

  private void readNew(StreamSession session, long blockMs, List<SourceRecord> out) {
    List<String> streams = new ArrayList<>();
    boolean waiting = false;
    for (StreamTail tail : reading()) {
      // New entries only after all old ones: their order is kept.
      if (!readingAgain.containsKey(tail.stream()) && tail.openReads() < OPEN_READS) {
        streams.add(tail.stream());
      }
      waiting |= tail.isWaiting();
    }
    if (streams.isEmpty()) {
      return;
    }
    long wait = waiting ? Math.min(blockMs, BRIEFLY_MS) : blockMs;
    int count = config.getInt(RedisSourceConfig.BATCH);
    session
        .readNew(streams, group, consumer, count, wait)
        .forEach((stream, entries) -> tails.get(stream).takeNew(entries, out));
  }

  /** Reads what could not be taken again from the beginning. */
  void again(StreamTail tail) {
    readingAgain.put(tail.stream(), StreamId.ZERO);
  }
}
