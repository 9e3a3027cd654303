package io.quantumtrader.bench.measure;

import io.quantumtrader.bench.Effort;
import io.quantumtrader.bench.report.Figure;
import io.quantumtrader.bench.run.Activity;
import io.quantumtrader.bench.run.BenchStack;
import io.quantumtrader.bench.run.CpuMeter;
import io.quantumtrader.bench.run.CpuMeter.Spent;
import io.quantumtrader.bench.run.Offsets;
import io.quantumtrader.bench.run.Pipeline;
import io.quantumtrader.bench.run.Sample;
import io.quantumtrader.bench.run.Waiting;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.topic.PartitionGroup;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Tuning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;

/** The rounds of {@link Entries}: each contender once in each, every other round backwards. */
final class EntryRounds implements AutoCloseable {

  private static final String LOOP_INPUT = Recording.COPY + Topic.TRADE_INTENT.topicName();
  private static final short ONE_REPLICA = 1;
  private static final String YES = ReasonCode.PERMIT_GRANTED.name();
  private static final String NO = ReasonCode.SYMBOL_NOT_IN_UNIVERSE.name();

  /** What the intents come to. */
  enum Kind {
    ACCEPTED(1, "all accepted"),
    DENIED(0, "all denied"),
    TENTH(10, "one in ten accepted");

    private final int every;
    private final String title;

    Kind(int every, String title) {
      this.every = every;
      this.title = title;
    }

    private boolean isAccepted(int number) {
      return every > 0 && number % every == 0;
    }
  }

  /** An intent as it travels. */
  private static final class Message {
    private final String key;
    private final byte[] value;

    Message(String key, byte[] value) {
      this.key = key;
      this.value = value;
    }
  }

  private final Effort effort;
  private final String name;
  private final BenchStack stack;
  private final EntryLoad load;
  private final Pipeline pipeline;
  private final Activity activity;
  private final Pipeline pass;
  private final Loop loop;
  private final Map<Kind, Recording> recordings = new EnumMap<>(Kind.class);
  private final Map<Kind, List<Message>> messages = new EnumMap<>(Kind.class);
  private final Series series = new Series();

  private EntryRounds(Effort effort, Tuning tuning, String name, BenchStack stack, EntryLoad load) {
    this.effort = effort;
    this.name = name;
    this.stack = stack;
    this.load = load;
    int partitions = BenchStack.COUNTS.of(PartitionGroup.ACCOUNT);
    pipeline = Pipeline.start(stack, "bench-entries", tuning);
    activity = Activity.of(stack, pipeline);
    pass = PassThrough.start(stack, partitions, tuning);
    Waiting.answer(
        stack
            .admin()
            .createTopics(List.of(new NewTopic(LOOP_INPUT, partitions, ONE_REPLICA)))
            .all());
    loop = new Loop(stack, LOOP_INPUT, partitions);
  }

  /**
   * Starts all that takes part.
   *
   * @param tuning what the stages and the pass-through are tuned for
   * @param name what the ids of the figures begin with
   */
  static EntryRounds start(Effort effort, Tuning tuning, String name, Consumer<String> progress) {
    progress.accept("starting");
    long nowMs = System.currentTimeMillis() - Sample.MINUTE_MS;
    BenchStack stack = BenchStack.start(false, nowMs);
    try {
      EntryLoad load = new EntryLoad(stack, nowMs);
      load.tables();
      EntryRounds rounds = new EntryRounds(effort, tuning, name, stack, load);
      rounds.fillLoopInput();
      return rounds;
    } catch (RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  private int inputs(Kind kind) {
    return switch (kind) {
      case ACCEPTED -> effort.size(EntryLoad.PER_SET, 300);
      case DENIED -> effort.size(12_000, 300);
      case TENTH -> effort.size(8_000, 300);
    };
  }

  private int loopInputs() {
    return effort.size(16_000, 300);
  }

  private void fillLoopInput() {
    List<Message> intents =
        messages("loop", Kind.ACCEPTED, Math.min(loopInputs(), EntryLoad.PER_SET));
    for (int i = 0; i < loopInputs(); i++) {
      Message intent = intents.get(i % intents.size());
      stack.send(LOOP_INPUT, Topic.TRADE_INTENT, intent.key, intent.value, load.nowMs());
    }
    stack.flush();
  }

  private List<Message> messages(String set, Kind kind, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            number -> {
              boolean accepted = kind.isAccepted(number);
              TradeIntent intent =
                  load.intent(set, accepted ? number / kind.every : number, accepted);
              return new Message(intent.getAccount(), stack.bytes(Topic.TRADE_INTENT, intent));
            })
        .toList();
  }

  /**
   * Plays one round.
   *
   * @param round number of the round; below 0 it only warms up
   */
  void play(int round) {
    prepare(round);
    List<Runnable> turns = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      turns.add(() -> playPipeline(kind, round));
      turns.add(() -> playLoop(kind, round));
    }
    turns.add(() -> playPass(round));
    // The loop plays what was recorded, so the first round of all goes forwards.
    if (!recordings.isEmpty() && Math.floorMod(round, 2) == 1) {
      Collections.reverse(turns);
    }
    turns.forEach(Runnable::run);
  }

  /** New accounts for each kind, whose equity is known. */
  private void prepare(int round) {
    List<String> sets = Arrays.stream(Kind.values()).map(kind -> set(kind, round)).toList();
    load.wallets(sets);
    activity.awaitQuiet();
    load.clock();
    activity.awaitQuiet();
    for (Kind kind : Kind.values()) {
      messages.put(kind, messages(set(kind, round), kind, inputs(kind)));
    }
  }

  private String set(Kind kind, int round) {
    return kind.name().substring(0, 1).toLowerCase(Locale.ROOT) + (round + effort.warmUp());
  }

  private void playPipeline(Kind kind, int round) {
    Recording recording = recordings.get(kind);
    boolean first = recording == null;
    if (first) {
      recording =
          new Recording(stack, pipeline.id(), Set.of(Topic.TRADE_INTENT, Topic.DEAD_LETTER));
      recording.begin();
    }
    List<TopicPartition> decisions =
        Offsets.partitions(stack, name -> name.equals(Topic.DECISION.topicName()));
    Map<TopicPartition, Long> before = Offsets.ends(stack, decisions);
    CpuMeter.Reading begin = CpuMeter.read();
    send(Topic.TRADE_INTENT.topicName(), messages.get(kind), messages.get(kind).size());
    Spent spent = activity.awaitQuiet().since(begin);
    check(kind, before, Offsets.ends(stack, decisions));
    if (first) {
      recording.end();
      recordings.put(kind, recording);
    }
    add(id(kind), kind.title, id(kind) + ".loop", inputs(kind), spent, pipeline.id(), round);
  }

  /** What was not decided as it should have been would be a measurement of something else. */
  private void check(Kind kind, Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
    Map<String, Integer> codes = new TreeMap<>();
    Offsets.read(
        stack,
        from,
        to,
        record ->
            codes.merge(
                stack
                    .serdes()
                    .of(Decision.class)
                    .deserializer()
                    .deserialize(record.topic(), record.value())
                    .getCode(),
                1,
                Integer::sum));
    Map<String, Integer> expected = new TreeMap<>();
    IntStream.range(0, inputs(kind))
        .forEach(number -> expected.merge(kind.isAccepted(number) ? YES : NO, 1, Integer::sum));
    if (!codes.equals(expected)) {
      throw new IllegalStateException(
          kind.title + ": decided " + codes + " in place of " + expected);
    }
  }

  private void send(String topic, List<Message> sent, int count) {
    for (int i = 0; i < count; i++) {
      Message message = sent.get(i % sent.size());
      stack.send(topic, Topic.TRADE_INTENT, message.key, message.value, load.nowMs());
    }
    stack.flush();
  }

  private void playLoop(Kind kind, int round) {
    Recording recording = recordings.get(kind);
    Spent spent = loop.run(loopInputs(), recording.records(), inputs(kind));
    String id = id(kind) + ".loop";
    String title = "loop, " + kind.title;
    add(id, title, null, loopInputs(), spent, Loop.id(), round);
    if (round == 0) {
      double inputs = inputs(kind);
      series.add(
          id + ".records", title + ", records", "an intent", recording.records().size() / inputs);
      series.add(id + ".bytes", title + ", bytes", "an intent", recording.bytes() / inputs);
    }
  }

  private String id(Kind kind) {
    return name + "." + kind.name().toLowerCase(Locale.ROOT);
  }

  private void playPass(int round) {
    CpuMeter.Reading begin = CpuMeter.read();
    send(PassThrough.FROM, messages.get(Kind.DENIED), loopInputs());
    Spent spent = Activity.of(stack, pass, PassThrough.FROM).awaitQuiet().since(begin);
    add(name + ".pass", "pass-through", null, loopInputs(), spent, pass.id(), round);
  }

  private void add(
      String id, String title, String loopId, int inputs, Spent spent, String client, int round) {
    if (round < 0) {
      return;
    }
    series.add(
        id + ".rate",
        title + ", rate",
        "intents/s",
        loopId == null ? null : loopId + ".rate",
        inputs * 1e9 / spent.elapsedNanos());
    series.add(
        id + ".clients",
        title + ", clients",
        "us/intent",
        loopId == null ? null : loopId + ".clients",
        spent.client(client) / 1e3 / inputs);
    series.add(
        id + ".process",
        title + ", process",
        "us/intent",
        loopId == null ? null : loopId + ".process",
        spent.processNanos() / 1e3 / inputs);
  }

  /** Returns what was measured. */
  List<Figure> figures() {
    return series.figures();
  }

  @Override
  public void close() {
    loop.close();
    pass.close();
    pipeline.close();
    stack.close();
  }
}
