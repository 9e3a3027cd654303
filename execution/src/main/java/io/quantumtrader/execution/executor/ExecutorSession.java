package io.quantumtrader.execution.executor;

import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.execution.exchange.MarketLink;
import io.quantumtrader.execution.executor.PartitionExecutor.Admission;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of the executor, from its first look at what was committed to its first failure. A step
 * polls, lets the exchange see the marks there are, does what the clock makes due, takes the plans
 * to the exchange, and commits all that came of it with the positions that led to it.
 */
final class ExecutorSession {

  private static final Logger LOG = LoggerFactory.getLogger(ExecutorSession.class);
  private static final int EMPTY_POLLS_UNTIL_IDLE = 400;

  /** The account partition whose clock publishes the instruments, so that one executor does. */
  private static final int INSTRUMENTS_BY = 0;

  private final ExecutorSettings settings;
  private final Exchange exchange;
  private final MarketLink link;
  private final ExecutorClients clients;
  private final CrashPoint.Watch watch;
  private final RecordCodec codec;
  private final PartitionIntake intake;
  private final TradingStates trading = new TradingStates();
  private final LedgerRows ledger = new LedgerRows();
  private final Producer<byte[], byte[]> producer;
  private final Consumer<byte[], byte[]> plans;
  private final Consumer<byte[], byte[]> market;
  private final Consumer<byte[], byte[]> ends;
  private final MarketReader reader;
  private final PartitionCommits commits;
  private final SignOfLife signs;
  private final Map<Integer, PartitionExecutor> desks = new TreeMap<>();
  private final Set<TopicPartition> arrived = new LinkedHashSet<>();
  private HistoryReader history;
  private InstrumentPublisher instruments;
  private int emptyPolls;

  ExecutorSession(
      ExecutorSettings settings,
      Exchange exchange,
      ExecutorClients clients,
      CrashPoint.Watch watch) {
    this.settings = settings;
    this.exchange = exchange;
    this.link = exchange.marketLink();
    this.clients = clients;
    this.watch = watch;
    this.codec = new RecordCodec(settings.serdes());
    this.intake = new PartitionIntake(codec, settings.counts(), settings.wallMs());
    this.producer = clients.producer();
    this.plans = clients.plans();
    this.market = clients.market();
    this.ends = clients.ends();
    this.commits = new PartitionCommits(plans, new TransactionalWriter(producer, codec, watch));
    this.signs = new SignOfLife(commits, settings.wallMs());
    this.reader = new MarketReader(market, ends, link, trading, ledger, codec, settings);
  }

  /** Ends the life of an earlier executor of the same name, and takes up what it left. */
  void open() {
    for (Topic topic : List.of(Topic.APPLY_PLAN, Topic.APPROVAL, Topic.CLOCK, Topic.MARK)) {
      requirePartitions(topic);
    }
    producer.initTransactions();
    history = clients.history(codec);
    List<Instrument> published = history.instruments();
    published.forEach(link::restore);
    instruments = new InstrumentPublisher(exchange, published);
    reader.start();
    plans.subscribe(
        List.of(Topic.APPLY_PLAN.topicName(), Topic.APPROVAL.topicName(), Topic.CLOCK.topicName()),
        new Assignment());
  }

  /** With another count, plans would lie where nobody looks for their accounts. */
  private void requirePartitions(Topic topic) {
    int found = plans.partitionsFor(topic.topicName()).size();
    int expected = settings.counts().of(topic.group());
    if (found == 0) {
      throw new UnknownTopicOrPartitionException(topic.topicName() + " does not exist yet");
    }
    if (found != expected) {
      throw new IllegalStateException(
          topic.topicName() + " has " + found + " partitions, expected " + expected);
    }
  }

  /** Returns whether account partitions are assigned and taken up. */
  boolean isAssigned() {
    return !desks.isEmpty();
  }

  /** Returns the clock of each account partition that is taken up, epoch ms; 0: none seen yet. */
  Map<Integer, Long> clocks() {
    Map<Integer, Long> clocks = new HashMap<>();
    desks.forEach((partition, desk) -> clocks.put(partition, desk.nowMs()));
    return clocks;
  }

  /** Polls once, and commits all that came of it. */
  void step() {
    ConsumerRecords<byte[], byte[]> records =
        plans.poll(emptyPolls < EMPTY_POLLS_UNTIL_IDLE ? settings.poll() : settings.idlePoll());
    Outputs out = new Outputs();
    boolean looked = records.isEmpty() ? reader.poll() : reader.catchUp();
    emptyPolls = looked || !records.isEmpty() ? 0 : emptyPolls + 1;
    takeUpArrived(out);
    tick(records, out);
    desks.values().forEach(desk -> desk.report(out));
    handle(read(records, out), records, out);
    boolean owns = commits.commit(out);
    reader.commit();
    if (!out.isEmpty()) {
      watch.reached(CrashPoint.COMMITTED);
    }
    signs.tell(desks.values(), owns);
  }

  /** Says to the exchange that the executor is stopped in order. */
  void release() {
    signs.takeBack(desks.values(), false);
  }

  /** Says the same where the stop has cut a step short, of which nothing more is committed. */
  void releaseCutShort() {
    signs.takeBack(desks.values(), true);
  }

  /**
   * Returns whether the exchange would cancel what rests once it hears no more of this executor.
   */
  boolean isDeadManSet() {
    return desks.values().stream().anyMatch(PartitionExecutor::isDeadManSet);
  }

  /** Returns what the executor tries to put right, and how often each. */
  Map<ExecutorTrouble, Integer> troubles() {
    return ExecutorTrouble.sum(desks.values().stream().map(PartitionExecutor::troubles).toList());
  }

  private void takeUpArrived(Outputs out) {
    for (TopicPartition partition : arrived) {
      if (partition.topic().equals(Topic.APPLY_PLAN.topicName())) {
        takeUp(partition, out);
      }
    }
    arrived.clear();
  }

  private void takeUp(TopicPartition plan, Outputs out) {
    int partition = plan.partition();
    if (!arrived.contains(clockOf(partition)) || !arrived.contains(approvalsOf(partition))) {
      throw new IllegalStateException(
          "plans, approvals and clock of partition %d are assigned to different executors"
              .formatted(partition));
    }
    List<String> accounts = accountsOf(partition);
    PartitionHistory past = history.partition(partition, accounts);
    PartitionExecutor desk =
        new PartitionExecutor(partition, accounts, exchange, trading, ledger, settings, past);
    desks.put(partition, desk);
    RestoredOrders.seeMarks(link, past, history);
    if (desk.nowMs() == 0) {
      plans.pause(List.of(plan, approvalsOf(partition)));
    } else {
      tick(partition, desk, desk.nowMs(), out);
    }
    LOG.info("took over account partition {} at clock {}", partition, desk.nowMs());
  }

  private List<String> accountsOf(int partition) {
    return exchange.accounts().stream()
        .filter(name -> Accounts.partitionOf(name, settings.counts().account()) == partition)
        .toList();
  }

  private void tick(ConsumerRecords<byte[], byte[]> records, Outputs out) {
    desks.forEach(
        (partition, desk) -> {
          for (ConsumerRecord<byte[], byte[]> record : records.records(clockOf(partition))) {
            intake
                .clock(record, desk, out)
                .ifPresent(clock -> tick(partition, desk, clock.getNowMs(), out));
          }
        });
  }

  private void tick(int partition, PartitionExecutor desk, long clockMs, Outputs out) {
    if (desk.nowMs() == 0) {
      plans.resume(List.of(planOf(partition), approvalsOf(partition)));
    }
    desk.tick(clockMs, out);
    if (partition == INSTRUMENTS_BY) {
      instruments.publish(desk.nowMs(), out);
    }
  }

  /** Reads the plans of partitions whose clock is known; the others' stay where they are. */
  private List<Task> read(ConsumerRecords<byte[], byte[]> records, Outputs out) {
    List<Task> tasks = new ArrayList<>();
    desks.forEach(
        (partition, desk) -> {
          for (ConsumerRecord<byte[], byte[]> record : timely(planOf(partition), desk, records)) {
            intake.plan(record, out).ifPresent(plan -> tasks.add(new Task(desk, plan)));
          }
        });
    return tasks;
  }

  /** Reads what people said of plans, which are known once those of this poll were admitted. */
  private List<Granted> approvals(ConsumerRecords<byte[], byte[]> records, Outputs out) {
    List<Granted> granted = new ArrayList<>();
    desks.forEach(
        (partition, desk) -> {
          for (ConsumerRecord<byte[], byte[]> record :
              timely(approvalsOf(partition), desk, records)) {
            intake
                .approval(record, out)
                .ifPresent(
                    approval ->
                        desk.admit(approval)
                            .ifPresentOrElse(
                                admission -> granted.add(new Granted(desk, admission)),
                                () -> PartitionIntake.unclaimed(record, out)));
          }
        });
    return granted;
  }

  /** Returns the records of a partition; where its clock is not known they stay where they are. */
  private List<ConsumerRecord<byte[], byte[]>> timely(
      TopicPartition from, PartitionExecutor desk, ConsumerRecords<byte[], byte[]> records) {
    List<ConsumerRecord<byte[], byte[]>> own = records.records(from);
    if (desk.nowMs() != 0 || own.isEmpty()) {
      return own;
    }
    plans.seek(from, own.getFirst().offset());
    plans.pause(List.of(from));
    return List.of();
  }

  private void handle(List<Task> tasks, ConsumerRecords<byte[], byte[]> records, Outputs out) {
    if (tasks.isEmpty()
        && desks.keySet().stream().allMatch(each -> records.records(approvalsOf(each)).isEmpty())) {
      return;
    }
    watch.reached(CrashPoint.RECEIVED);
    List<Granted> admitted = new ArrayList<>(tasks.size());
    if (link.rollsBack()) {
      for (Task task : tasks) {
        Granted each = new Granted(task.desk(), task.desk().admit(task.plan()));
        each.announce(out);
        each.answer(out);
      }
      for (Granted each : approvals(records, out)) {
        each.announce(out);
        each.answer(out);
      }
    } else {
      tasks.forEach(task -> admitted.add(new Granted(task.desk(), task.desk().admit(task.plan()))));
      admitted.addAll(approvals(records, out));
      announceThenAnswer(admitted, records, out);
    }
    watch.reached(CrashPoint.EXECUTED);
  }

  /**
   * An exchange that remembers by itself is called only after the announcement is committed, so
   * that whoever comes after a crash knows to ask it. The positions are committed as they were:
   * that makes the broker refuse a member that was replaced before it can send anything.
   */
  private void announceThenAnswer(
      List<Granted> admitted, ConsumerRecords<byte[], byte[]> records, Outputs out) {
    Outputs announcements = new Outputs();
    admitted.forEach(each -> each.announce(announcements));
    if (!announcements.isEmpty()) {
      commits.announce(announcements, records);
    }
    watch.reached(CrashPoint.ANNOUNCED);
    admitted.forEach(each -> each.answer(out));
  }

  private static TopicPartition planOf(int partition) {
    return new TopicPartition(Topic.APPLY_PLAN.topicName(), partition);
  }

  private static TopicPartition approvalsOf(int partition) {
    return new TopicPartition(Topic.APPROVAL.topicName(), partition);
  }

  private static TopicPartition clockOf(int partition) {
    return new TopicPartition(Topic.CLOCK.topicName(), partition);
  }

  /**
   * Returns what says that another executor has this one's place in the group, or empty. A
   * transaction that the other's epoch ended may come back as a mere timeout; who began anew after
   * that would take the place back.
   */
  Optional<KafkaException> takenOver() {
    try {
      plans.poll(Duration.ZERO);
      return Optional.empty();
    } catch (FencedInstanceIdException taken) {
      return Optional.of(taken);
    } catch (KafkaException other) {
      return Optional.empty();
    }
  }

  /**
   * Lets go of broker and group.
   *
   * @param patience how long each client may take
   * @param leave whether others are to take over at once; otherwise the same instance is awaited
   */
  void close(Duration patience, boolean leave) {
    GroupMembershipOperation membership =
        leave ? GroupMembershipOperation.LEAVE_GROUP : GroupMembershipOperation.REMAIN_IN_GROUP;
    producer.close(patience);
    plans.close(CloseOptions.timeout(patience).withGroupMembershipOperation(membership));
    market.close(CloseOptions.timeout(patience));
    ends.close(CloseOptions.timeout(patience));
    codec.close();
  }

  /** A plan and the desk it belongs to. */
  private record Task(PartitionExecutor desk, ApplyPlan plan) {}

  /** What was decided about a plan, and the desk it belongs to. */
  private record Granted(PartitionExecutor desk, Admission admission) {

    void announce(Outputs out) {
      desk.announce(admission, out);
    }

    void answer(Outputs out) {
      desk.answer(admission, out);
    }
  }

  /**
   * Remembers what is assigned; it is taken up after the poll that it happens in. What is given to
   * another executor, or lost to it, is let go of without a word to the exchange: the other one
   * goes on with it, or, if nobody does, the exchange is to notice.
   */
  private final class Assignment implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      arrived.addAll(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      arrived.removeAll(partitions);
      commits.drop(partitions);
      for (TopicPartition partition : partitions) {
        PartitionExecutor desk = desks.remove(partition.partition());
        if (desk != null) {
          desk.release();
        }
      }
    }
  }
}
