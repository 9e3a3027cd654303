package io.quantumtrader.replay.record;

import io.quantumtrader.replay.log.LogEntry;
import io.quantumtrader.replay.log.RecordLog;
import io.quantumtrader.replay.run.MemoryScheme;
import io.quantumtrader.replay.run.MemoryStreams;
import io.quantumtrader.replay.stages.Stages;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.Lookup;
import io.quantumtrader.schemas.registration.Registration;
import io.quantumtrader.schemas.registry.Compatibility;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.serde.SerdeConfig;
import io.quantumtrader.schemas.serde.Subjects;
import io.quantumtrader.schemas.time.ClockEpoch;
import io.quantumtrader.schemas.time.WallClock;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.QuantumTopology;
import io.quantumtrader.topology.decision.universe.Universes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.TaskId;

/**
 * Has each stage decide again what it decided in a recording. Every task is given the records that
 * it had, in the order in which it had them, with the global tables as each of its decisions saw
 * them: what a broker, an exchange and other stages were to it lies in the recording, and nothing
 * is left to chance. So a recording of a live pipeline is reproduced too, whatever exchange it
 * traded on.
 *
 * <p>Not reproduced is what the stages do while no clock comes, which follows the wall time. Of
 * what a task had taken before it was started anew, and of rows of tables that no decision looked
 * at, only the times are known.
 *
 * <p>The recording is read into memory, decoded: some 700 bytes for each record that the stages
 * read, and 2 kB for each decision.
 */
public final class StageReplay implements AutoCloseable {

  private static final String ASIDE = "-again";
  private static final int TRIM_EVERY = 1000;
  private static final String REPARTITION = "-repartition";
  private static final List<Topic> SYMBOL_TOPICS = List.of(Topic.MARK, Topic.CANDLE);

  private final Recording recording;
  private final PartitionCounts counts;
  private final String registryAddress;
  private final RecordLog log;
  private final RecordSerdes serdes;
  private final RecordedBytes bytes;
  private final Stages stages;
  private final TableVersions tables;
  private final List<RecordedRecord> decisions;
  private final RefusedSteps refused;
  private final Optional<StagesBetween> from;
  private long wallMs;
  private long feedBeganMs;

  /**
   * Prepares it; nothing is decided before {@link #play}.
   *
   * @param taker hears of each decision that is made again
   * @throws RecordingException where the recording cannot be read
   */
  public StageReplay(Recording recording, Consumer<Decision> taker) {
    this(recording, taker, Optional.empty());
  }

  /**
   * Prepares one that goes on from where another one had come to.
   *
   * @param recording has the records of the turns that are left, and the tables whole
   * @param taker hears of each decision that is made again
   * @throws RecordingException where the recording cannot be read
   */
  public static StageReplay resumed(
      Recording recording, Consumer<Decision> taker, StagesBetween from) {
    return new StageReplay(recording, taker, Optional.of(from));
  }

  private StageReplay(Recording recording, Consumer<Decision> taker, Optional<StagesBetween> from) {
    this.recording = recording;
    this.from = from;
    feedBeganMs = from.map(StagesBetween::feedBeganMs).orElse(0L);
    counts = recording.counts();
    registryAddress = MemoryScheme.begin(UUID.randomUUID().toString());
    serdes = new RecordSerdes(Map.of(SerdeConfig.REGISTRY_URL, registryAddress));
    Registration.register(serdes.registry(), Subjects.all(), Compatibility.FULL_TRANSITIVE);
    bytes = new RecordedBytes(serdes);
    LongSupplier wall = () -> wallMs;
    log = RecordLog.ofCatalog(counts);
    log.listen(decisions(taker));
    from.ifPresent(each -> log.skipTo(each.ends()));
    Properties configuration = MemoryStreams.configuration(log, Map.of(WallClock.SETTING, wall));
    stages =
        Stages.apart(
            QuantumTopology.build(serdes, counts, configuration),
            configuration,
            log,
            wall,
            ASIDE,
            from.map(StagesBetween::stages).orElse(StagesBetween.NO_STAGES));
    decisions = recording.read(Topic.DECISION);
    tables = new TableVersions(recording, decisions, stages, bytes);
    refused = RefusedSteps.of(recording.read(Topic.DEAD_LETTER));
  }

  private RecordLog.Listener decisions(Consumer<Decision> taker) {
    Deserializer<Decision> reader = serdes.of(Decision.class).deserializer();
    String topic = Topic.DECISION.topicName() + ASIDE;
    return (TopicPartition partition, LogEntry entry) -> {
      if (partition.topic().equals(topic)) {
        taker.accept(reader.deserialize(topic, entry.value()));
      }
    };
  }

  /**
   * Returns whether the decisions of a recording say in which order their tasks had their records:
   * those that were made before they did say it cannot be made again like this.
   */
  public static boolean isPossible(Recording recording) {
    boolean[] known = {false};
    recording.forEach(Topic.DECISION, record -> known[0] |= Told.inputs(record).isPresent());
    return known[0];
  }

  /**
   * Plays the recording to its end.
   *
   * @param progress hears how much was given, 0 to 1
   */
  public void play(DoubleConsumer progress) {
    play(from.map(StagesBetween::turns).orElseGet(this::turns), progress);
  }

  private void play(List<Turn> turns, DoubleConsumer progress) {
    for (int done = 0; done < turns.size(); done++) {
      take(turns.get(done));
      if (done % TRIM_EVERY == 0) {
        log.trim();
      }
      progress.accept((done + 1.0) / turns.size());
    }
  }

  /**
   * Plays the recording to a time.
   *
   * @param toMs the first time that is not played, epoch milliseconds UTC on the pipeline's clock
   * @param progress hears how much of what comes before was given, 0 to 1
   * @return what another one goes on from; its rows are views, to be used before this one is closed
   */
  public StagesBetween playTo(long toMs, DoubleConsumer progress) {
    List<Turn> turns = turns();
    int before = 0;
    while (before < turns.size() && turns.get(before).atMs() < toMs) {
      before++;
    }
    play(turns.subList(0, before), progress);
    log.trim();
    return StagesBetween.of(
        toMs, stages.saved(), log.ends(), feedBeganMs, turns.subList(before, turns.size()));
  }

  /**
   * Plays the recording to the turn that a decision of an account followed from, and has just that
   * turn decided from something else. Nothing can be played after it.
   *
   * @param decision a recorded decision
   * @param other what is other in that turn
   * @return whether the turn was found; what was decided in it the taker has heard last
   */
  public boolean playOther(RecordedRecord decision, Otherwise other) {
    Optional<Map.Entry<String, Long>> input =
        Told.inputs(decision).map(told -> told.lastFirst().firstEntry());
    if (input.isEmpty()) {
      return false;
    }
    for (Turn turn : turns()) {
      RecordedRecord record = turn.record();
      if (record.topic().topicName().equals(input.get().getKey())
          && record.partition() == decision.partition()
          && record.offset() == input.get().getValue()) {
        other.begins();
        take(other.input(turn), other.policy(tables, turn));
        return true;
      }
      take(turn);
      log.trim();
    }
    return false;
  }

  private List<Turn> turns() {
    List<Turn> turns = new ArrayList<>();
    Map<Topic, List<RecordedRecord>> inputs = new EnumMap<>(Topic.class);
    AccountTurns.TOPICS.forEach(topic -> inputs.put(topic, recording.read(topic)));
    List<List<RecordedRecord>> outputs = Told.TOPICS.stream().map(recording::read).toList();
    for (int partition = 0; partition < counts.account(); partition++) {
      List<Told> told = Told.of(outputs, partition);
      turns.addAll(AccountTurns.of(inputs, told, refused, partition));
    }
    turns.addAll(symbolTurns());
    turns.addAll(universeTurns(inputs.get(Topic.CLOCK)));
    turns.sort(Turn.BY_TIME);
    return turns;
  }

  /** Decisions there follow from one candle or mark each, so that only its own look-ups count. */
  private List<Turn> symbolTurns() {
    Map<String, List<Lookup>> lookups = lookupsByCause(CauseType.CANDLE);
    List<List<RecordedRecord>> market = SYMBOL_TOPICS.stream().map(recording::read).toList();
    List<Turn> turns = new ArrayList<>();
    for (int partition = 0; partition < counts.symbol(); partition++) {
      int of = partition;
      long nowMs = 0;
      for (RecordedRecord record :
          Merged.of(
              market.stream()
                  .map(all -> all.stream().filter(each -> each.partition() == of).toList())
                  .toList())) {
        String cause =
            record.value().orElse(null) instanceof Candle candle
                ? candle.getSymbol() + "@" + candle.getOpenTimeMs()
                : "";
        nowMs = Math.max(nowMs, record.timestampMs());
        TopicPartition to = new TopicPartition(record.topic().topicName(), partition);
        turns.add(new Turn(to, record, nowMs, false, lookups.getOrDefault(cause, List.of())));
      }
    }
    return turns;
  }

  private Map<String, List<Lookup>> lookupsByCause(CauseType type) {
    Map<String, List<Lookup>> lookups = new HashMap<>();
    for (RecordedRecord record : decisions) {
      boolean ofAll = record.key().filter(Accounts.ALL::equals).isPresent();
      if (ofAll
          && record.value().orElse(null) instanceof Decision decision
          && decision.getCauseType() == type) {
        lookups
            .computeIfAbsent(decision.getCauseId().split("=", 2)[0], any -> new ArrayList<>())
            .addAll(decision.getLookups());
      }
    }
    return lookups;
  }

  /** The ranking goes by the clock of the first partition, and says which states it ranked. */
  private List<Turn> universeTurns(List<RecordedRecord> clocks) {
    Map<String, List<Lookup>> lookups = lookupsByCause(CauseType.CLOCK);
    TopicPartition clock = new TopicPartition(Names.UNIVERSE_CLOCK + REPARTITION, 0);
    TopicPartition states = new TopicPartition(Names.UNIVERSE_STATE + REPARTITION, 0);
    List<Turn> turns = new ArrayList<>();
    for (RecordedRecord record : clocks) {
      if (record.partition() != 0 || refused.contains(record)) {
        continue;
      }
      long nowMs = record.timestampMs();
      List<Lookup> looked = lookups.getOrDefault(Universes.TOP + "@" + nowMs, List.of());
      for (Lookup lookup : looked) {
        if (lookup.getTable().equals(Topic.MARKET_STATE.topicName())) {
          tables
              .version(lookup, nowMs)
              .ifPresent(state -> turns.add(new Turn(states, state, nowMs, true, List.of())));
        }
      }
      turns.add(new Turn(clock, record, nowMs, true, looked));
    }
    return turns;
  }

  private void take(Turn turn) {
    take(turn, Optional.empty());
  }

  private void take(Turn turn, Optional<RecordedRecord> otherRow) {
    RecordedRecord record = turn.record();
    // A step of the clock finds the rows of before it: the candles of a step follow its clock.
    tables.advance(turn.isStep() ? turn.atMs() : turn.atMs() + 1);
    wallMs = wallMs(turn);
    TaskId task = stages.reader(turn.to().topic(), turn.to().partition());
    tables.during(
        turn.lookups(),
        otherRow,
        turn.atMs(),
        () -> {
          stages.give(
              turn.to(),
              record.timestampMs(),
              RecordedBytes.key(record),
              bytes.value(record),
              RecordedBytes.headers(record));
          while (stages.step(task)) {
            // One record may bring several: they are all of this turn.
          }
        });
  }

  /**
   * Returns what the wall clock may have said. A feed of old candles began later than its clock
   * says; a step that was refused lay ahead of it.
   */
  private long wallMs(Turn turn) {
    RecordedRecord record = turn.record();
    if (refused.contains(record)) {
      return turn.atMs();
    }
    if (record.topic() == Topic.CLOCK) {
      long epoch = ClockEpoch.of(new RecordHeaders(RecordedBytes.headers(record)));
      feedBeganMs = Math.max(feedBeganMs, epoch);
    }
    return Math.max(turn.atMs(), feedBeganMs);
  }

  @Override
  public void close() {
    stages.close();
    serdes.close();
    MemoryScheme.end(registryAddress);
  }
}
