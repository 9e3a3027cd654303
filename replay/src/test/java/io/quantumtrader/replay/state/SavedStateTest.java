package io.quantumtrader.replay.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.execution.paper.FaultRules;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.market.CandleFile;
import io.quantumtrader.market.IntentQueue;
import io.quantumtrader.market.TimedIntent;
import io.quantumtrader.replay.run.CandleRun;
import io.quantumtrader.replay.run.Candles;
import io.quantumtrader.replay.run.MemoryPipeline;
import io.quantumtrader.replay.run.PipelineSetup;
import io.quantumtrader.replay.run.SavedPipeline;
import io.quantumtrader.replay.run.TwoAccounts;
import io.quantumtrader.replay.stages.Position;
import io.quantumtrader.replay.stages.SavedStages.SavedTask;
import io.quantumtrader.schemas.time.Stop;
import io.quantumtrader.schemas.topic.Topic;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no state, not whole, or of something else, is refused with the reason. */
final class SavedStateTest {

  private static final int MINUTES = 40;
  private static final long UNTIL_MS = Candles.BEGIN_MS + 30 * Candles.MINUTE;

  @TempDir private static Path directory;
  private static Path state;
  private static CandleFile candles;
  private static PipelineSetup setup;
  private static SavedPipeline original;

  @BeforeAll
  static void save() throws Exception {
    candles = Candles.generated(directory, 7, MINUTES);
    setup = TwoAccounts.setup(List.of());
    state = directory.resolve("state");
    try (MemoryPipeline pipeline = MemoryPipeline.savable(setup, (of, entry) -> {})) {
      CandleRun.play(
          pipeline,
          candles,
          IntentQueue.empty(),
          new CandleRun.Part(Long.MIN_VALUE, UNTIL_MS),
          new Stop(),
          progress -> {});
      SavedState.write(state, pipeline, StateOrigin.of("1.0", setup), UNTIL_MS, input(candles));
      original = pipeline.saved();
    }
  }

  private static String input(CandleFile file) {
    return InputDigest.of(file, IntentQueue.empty(), UNTIL_MS);
  }

  @Test
  void shouldSayWhatItIsOf() {
    StateManifest manifest = SavedState.open(state, StateOrigin.of("1.0", setup)).manifest();

    assertThat(manifest.format()).isEqualTo(StateManifest.FORMAT);
    assertThat(manifest.program()).isEqualTo("1.0");
    assertThat(manifest.untilMs()).isEqualTo(UNTIL_MS);
    assertThat(manifest.policies()).containsExactly(Map.entry("default", 1L));
    assertThat(manifest.settings())
        .containsEntry("accounts", "main," + TwoAccounts.OTHER)
        .containsEntry("partitions", "2,2");
    assertThat(manifest.stateHashes()).containsOnlyKeys("main", TwoAccounts.OTHER);
  }

  @Test
  void shouldStandWhereItStood() {
    SavedState opened = SavedState.open(state, StateOrigin.of("1.0", setup));
    try (MemoryPipeline pipeline = opened.resume(setup, (of, entry) -> {})) {
      SavedPipeline again = pipeline.saved();

      assertThat(again.ends()).isEqualTo(original.ends()).containsValue((long) MINUTES - 10);
      assertThat(again.inputs()).isEqualTo(original.inputs()).isNotEmpty();
      assertThat(again.agent()).isEqualTo(original.agent()).isPresent();
      assertThat(positions(again))
          .isEqualTo(positions(original))
          .anyMatch(each -> each.containsValue(new Position(MINUTES - 10, UNTIL_MS)));
    }
  }

  private static List<Map<TopicPartition, Position>> positions(SavedPipeline of) {
    return of.stages().tasks().stream().map(SavedTask::positions).toList();
  }

  /** Before the first step of the clock nobody takes a plan to the exchange. */
  @Test
  void shouldKeepWhatTheExecutorDoesNotReadYet() throws Exception {
    TopicPartition plans = new TopicPartition(Topic.APPLY_PLAN.topicName(), 0);
    Path where = directory.resolve("unread");
    Heard whole = new Heard();
    Heard rest = new Heard();
    int heard;
    try (MemoryPipeline pipeline = MemoryPipeline.savable(setup, whole)) {
      pipeline.settle();
      pipeline.put(plans, 1, new byte[] {'x'}, new byte[] {1, 2}, new Header[0]);
      pipeline.settle();
      SavedState.write(where, pipeline, StateOrigin.of("1.0", setup), 0, "");
      heard = whole.lines().size();
      play(pipeline);
    }

    SavedState opened = SavedState.open(where, StateOrigin.of("1.0", setup));
    try (MemoryPipeline pipeline = opened.resume(setup, rest)) {
      play(pipeline);
    }

    assertThat(whole.lines().subList(0, heard)).noneMatch(SavedStateTest::isLetter);
    assertThat(rest.lines())
        .isEqualTo(whole.lines().subList(heard, whole.lines().size()))
        .anyMatch(SavedStateTest::isLetter);
  }

  private static boolean isLetter(String line) {
    return line.startsWith(Topic.DEAD_LETTER.topicName());
  }

  private static void play(MemoryPipeline pipeline) throws InterruptedException {
    CandleRun.play(pipeline, candles, IntentQueue.empty(), new Stop(), progress -> {});
  }

  @ParameterizedTest
  @ValueSource(strings = {"stages.bin", "topics.bin", "executor.bin", "agent.bin"})
  void shouldRefuseAFileThatIsCutOffOrMissing(String name) throws Exception {
    Path cut = copy();
    byte[] bytes = Files.readAllBytes(cut.resolve(name));
    Files.write(cut.resolve(name), Arrays.copyOf(bytes, bytes.length - 1));

    refused(cut, StateOrigin.of("1.0", setup), name + " is not the file that was saved");

    Files.delete(cut.resolve(name));
    refused(cut, StateOrigin.of("1.0", setup), name + " is missing");
  }

  @Test
  void shouldRefuseWhatIsNoStateOrWasNotFinished() throws Exception {
    Path unfinished = copy();
    Files.delete(unfinished.resolve(StateManifest.NAME));

    refused(unfinished, StateOrigin.of("1.0", setup), "it has no manifest.json");
    refused(directory.resolve("nowhere"), StateOrigin.of("1.0", setup), "it has no manifest.json");
  }

  @Test
  void shouldRefuseADamagedManifestAndAnotherFormat() throws Exception {
    StateOrigin origin = StateOrigin.of("1.0", setup);

    refused(manifest(text -> text.substring(0, 40)), origin, "not the JSON of a manifest");
    refused(manifest(text -> "{\"format\" : 1}"), origin, "something is missing in it");
    refused(
        manifest(text -> text.replace("\"agent.bin\"", "\"../agent.bin\"")),
        origin,
        "something is missing in it");
    refused(
        manifest(text -> text.replace("\"format\" : 1", "\"format\" : 2")),
        origin,
        "has format 2; this program reads 1: save it anew, or use the version that wrote it, 1.0");
  }

  @Test
  void shouldRefuseAnotherBuildOrSetting() {
    StateOrigin same = StateOrigin.of("1.0", setup);
    StateOrigin build = new StateOrigin("1.1", "00", same.settings());
    PaperSettings dear = setup.paper().withCosts(BigDecimal.ONE, BigDecimal.ONE);

    refused(state, build, "was saved by another build, of 1.0; save it anew with this one, 1.1");
    refused(state, StateOrigin.of("1.0", with(dear)), "with fee-rate 0.0004, not 1");
    refused(
        state,
        StateOrigin.of("1.0", with(setup.paper().withAccounts(List.of("main")))),
        "with accounts main," + TwoAccounts.OTHER + ", not main");
    refused(state, StateOrigin.of("1.0", setup.withAgent(Optional.empty())), "not none");
  }

  @Test
  void shouldNotSaveARunWithFaultsThatCannotBeCompared() {
    PaperSettings faulty = setup.paper().withFaults(FaultRules.parse("reject=BTCUSDT"));

    assertThatThrownBy(() -> StateOrigin.of("1.0", with(faulty)))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("faults");
  }

  @Test
  void shouldRefuseAStateThatDoesNotComeToItsHash() throws Exception {
    Path other =
        manifest(text -> text.replaceFirst("\"stateHash\" : \"....", "\"stateHash\" : \"0000"));
    SavedState opened = SavedState.open(other, StateOrigin.of("1.0", setup));

    assertThatThrownBy(() -> opened.resume(setup, (of, entry) -> {}))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("does not come to the state hash");
  }

  /** An executor that fills otherwise comes to other accounts; the settings say the same. */
  @Test
  void shouldRefuseAnExecutorThatComesToAnotherState() {
    SavedState opened = SavedState.open(state, StateOrigin.of("1.0", setup));
    PipelineSetup richer = with(setup.paper().withStartWallet(BigDecimal.TEN));

    assertThatThrownBy(() -> opened.resume(richer, (of, entry) -> {}))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("quantum.exchange.account are not as they were saved");
  }

  @Test
  void shouldTakeALongerInputAndRefuseAnotherOne() throws Exception {
    SavedState opened = SavedState.open(state, StateOrigin.of("1.0", setup));

    opened.requireInput(input(Candles.generated(directory, 7, MINUTES + 10)));
    for (String other :
        List.of(
            input(Candles.generated(directory, 8, MINUTES)),
            input(candles.between(UNTIL_MS, Long.MAX_VALUE)),
            InputDigest.of(candles, IntentQueue.empty(), UNTIL_MS + Candles.MINUTE),
            InputDigest.of(candles, intent(UNTIL_MS), UNTIL_MS))) {
      assertThatThrownBy(() -> opened.requireInput(other))
          .isInstanceOf(StateException.class)
          .hasMessageContaining("another input until 2025-06-01T00:30:00Z");
    }
    opened.requireInput(InputDigest.of(candles, intent(UNTIL_MS + 1), UNTIL_MS));
  }

  private static IntentQueue intent(long atMs) {
    return new IntentQueue(
        List.of(new TimedIntent(1, TwoAccounts.entry("main", "BTCUSDT", atMs))), List.of());
  }

  @Test
  void shouldNotWriteOverAnything() {
    assertThatThrownBy(() -> SavedState.requireEmpty(state))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("is not empty");
  }

  private static PipelineSetup with(PaperSettings paper) {
    return new PipelineSetup(
        setup.counts(), paper, setup.agent(), setup.policies(), setup.controls(), setup.beginMs());
  }

  private static void refused(Path where, StateOrigin origin, String message) {
    assertThatThrownBy(() -> SavedState.open(where, origin))
        .isInstanceOf(StateException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  private static Path manifest(UnaryOperator<String> change) throws IOException {
    Path copy = copy();
    Path file = copy.resolve(StateManifest.NAME);
    Files.writeString(file, change.apply(Files.readString(file)));
    return copy;
  }

  private static Path copy() throws IOException {
    Path copy = Files.createTempDirectory(directory, "copy");
    try (var files = Files.list(state)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }
}
