package io.quantumtrader.market.lockstep;

import io.quantumtrader.market.lockstep.Outstanding.Lag;
import io.quantumtrader.market.lockstep.Outstanding.MissingTopic;
import io.quantumtrader.market.lockstep.Outstanding.OpenTransaction;
import io.quantumtrader.market.lockstep.Outstanding.TablesBehind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Decides whether everything that follows from the input has been done.
 *
 * <p><b>What is relied on.</b> Every stage commits its position in its input not before what
 * follows from that input has been written: in one transaction (Streams, the executor), or by
 * writing, flushing and then committing (the agent). A stage does nothing without an input: there
 * are no wall-clock timers. Whoever asks puts nothing in meanwhile.
 *
 * <p><b>Why one look is enough.</b> Committed offsets <i>c</i> are read first, by time t; ends
 * <i>e</i> after that. Both only ever grow, and c is at most e at any one moment. So where the c
 * that was read equals the e that was read later, both stood still in between, and at t that
 * partition was drained. Where this holds for all groups and partitions, all were drained at the
 * same moment t, though they were read at different ones. At t, then, no stage had an input it had
 * not finished with, hence no stage wrote anything from t on, and none ever will before something
 * is put in. Ends are those of the log, not of its committed part: otherwise records of a
 * transaction whose offsets are visible already, but whose end is not marked in its output yet,
 * would not count.
 *
 * <p><b>Transactions.</b> What remains after t are marks that end transactions in topics that no
 * group of the pipeline reads. They are in where the stable end, read last, equals the end read
 * before; only then are the global tables asked, which read those topics on their own.
 *
 * <p><b>Marks.</b> A group whose last records were aborted may stay before the mark forever. {@link
 * #passOverMarks} looks into such a gap and, where it holds no record, counts it as drained: there
 * is nothing in it the group could work on.
 */
public final class Drain {

  private final Pipeline pipeline;
  private final Offsets offsets;
  private final BooleanSupplier tablesCurrent;
  private final Set<Lag> nothingButMarks = new HashSet<>();

  /**
   * Creates the check.
   *
   * @param tablesCurrent whether the global tables have applied everything that is in their topics;
   *     asked last and only when all else is drained
   */
  public Drain(Pipeline pipeline, Offsets offsets, BooleanSupplier tablesCurrent) {
    this.pipeline = pipeline;
    this.offsets = offsets;
    this.tablesCurrent = tablesCurrent;
  }

  /** Returns what is outstanding; empty where the pipeline is drained. */
  public List<Outstanding> look() throws InterruptedException {
    Map<String, Map<TopicPartition, Long>> committed =
        offsets.committed(pipeline.readers().keySet());
    Map<TopicPartition, Long> ends =
        offsets.ends(pipeline.topics(), IsolationLevel.READ_UNCOMMITTED);
    List<Outstanding> found = new ArrayList<>(missing(ends));
    found.addAll(lags(committed, ends));
    if (!found.isEmpty()) {
      return found;
    }
    found.addAll(openTransactions(ends));
    if (found.isEmpty() && !tablesCurrent.getAsBoolean()) {
      found.add(new TablesBehind());
    }
    return found;
  }

  /**
   * Looks into gaps that stay: those that hold nothing but the marks of ended transactions are
   * passed over from now on.
   */
  public void passOverMarks(List<Outstanding> outstanding) throws InterruptedException {
    for (Outstanding each : outstanding) {
      if (each instanceof Lag lag
          && !offsets.hasRecords(lag.partition(), lag.committed(), lag.end())) {
        nothingButMarks.add(lag);
      }
    }
  }

  private List<Outstanding> missing(Map<TopicPartition, Long> ends) {
    Set<String> absent = new TreeSet<>(pipeline.topics());
    ends.keySet().forEach(partition -> absent.remove(partition.topic()));
    return absent.stream().<Outstanding>map(MissingTopic::new).toList();
  }

  private List<Outstanding> lags(
      Map<String, Map<TopicPartition, Long>> committed, Map<TopicPartition, Long> ends) {
    Map<String, List<TopicPartition>> partitions = new HashMap<>();
    ends.keySet()
        .forEach(
            each -> partitions.computeIfAbsent(each.topic(), any -> new ArrayList<>()).add(each));
    List<Outstanding> lags = new ArrayList<>();
    pipeline
        .readers()
        .forEach(
            (group, topics) -> {
              Map<TopicPartition, Long> done = committed.getOrDefault(group, Map.of());
              for (String topic : topics) {
                for (TopicPartition partition : partitions.getOrDefault(topic, List.of())) {
                  Lag lag =
                      new Lag(
                          group, partition, done.getOrDefault(partition, 0L), ends.get(partition));
                  if (lag.committed() != lag.end() && !nothingButMarks.contains(lag)) {
                    lags.add(lag);
                  }
                }
              }
            });
    return lags;
  }

  private List<Outstanding> openTransactions(Map<TopicPartition, Long> ends)
      throws InterruptedException {
    Map<TopicPartition, Long> stable =
        offsets.ends(pipeline.topics(), IsolationLevel.READ_COMMITTED);
    List<Outstanding> open = new ArrayList<>();
    ends.forEach(
        (partition, end) -> {
          long closed = stable.getOrDefault(partition, 0L);
          if (closed != end) {
            open.add(new OpenTransaction(partition, closed, end));
          }
        });
    return open;
  }
}
