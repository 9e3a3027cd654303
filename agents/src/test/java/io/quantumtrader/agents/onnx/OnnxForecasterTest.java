package io.quantumtrader.agents.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.quantumtrader.agents.feature.FeatureVector;
import io.quantumtrader.agents.forecast.Ensemble;
import io.quantumtrader.agents.forecast.Ensemble.Member;
import io.quantumtrader.agents.forecast.EnsembleVote;
import io.quantumtrader.agents.forecast.Forecast;
import io.quantumtrader.agents.forecast.ForecastFault;
import io.quantumtrader.agents.forecast.ForecastResult;
import io.quantumtrader.agents.forecast.ForecastResult.Failed;
import io.quantumtrader.agents.forecast.Forecaster;
import io.quantumtrader.agents.forecast.GuardedForecaster;
import io.quantumtrader.agents.forecast.ModelId;
import io.quantumtrader.agents.forecast.Vectors;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OnnxForecasterTest {

  private static final FeatureVector SOME = Vectors.of(Models.INPUTS, 0.7, 0.8);

  @TempDir Path directory;

  @Test
  void shouldTellWhichModelItIsAndWhatItReads() throws Exception {
    byte[] bytes = Models.treesFile();
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    Path file = Models.write(directory, "model", bytes);

    try (OnnxForecaster forecaster =
        OnnxForecaster.load(file, "trees", Optional.of(hash.toUpperCase(Locale.ROOT)))) {
      assertThat(forecaster.id()).isEqualTo(new ModelId("trees", hash.substring(0, 12)));
      assertThat(forecaster.inputs()).isEqualTo(Models.INPUTS);
    }
  }

  @Test
  void shouldGiveTheSameBitsEachTime() throws Exception {
    Path file = Models.write(directory, "model", Models.networkFile());

    try (OnnxForecaster one = OnnxForecaster.load(file, "model", Optional.empty());
        OnnxForecaster another = OnnxForecaster.load(file, "model", Optional.empty())) {
      Forecast first = one.forecast(SOME);

      for (int i = 0; i < 100; i++) {
        assertThat(one.forecast(SOME)).isEqualTo(first);
        assertThat(another.forecast(SOME)).isEqualTo(first);
      }
    }
  }

  @Test
  void shouldRefuseAFileThatIsNotThere() {
    assertRefused(directory.resolve("none.onnx"), "NoSuchFileException", "a file that can be read");
  }

  @Test
  void shouldRefuseAFileOfAnotherHash() {
    Path file = Models.write(directory, "model", Models.treesFile());

    assertThatThrownBy(() -> OnnxForecaster.load(file, "model", Optional.of("0".repeat(64))))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("found SHA-256 ")
        .hasMessageEndingWith("needed " + "0".repeat(64));
  }

  /** Wherever the end is missing, the file is refused and the process lives. */
  @Test
  void shouldRefuseATruncatedFile() {
    byte[] whole = Models.treesFile();
    for (int length = 0; length < whole.length; length += 7) {
      Path file = Models.write(directory, "model", Arrays.copyOf(whole, length));

      assertThatThrownBy(() -> OnnxForecaster.load(file, "model", Optional.empty()))
          .isInstanceOf(ModelRefusedException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "not a model", "{\"model\": 1}"})
  void shouldRefuseSomethingElse(String text) {
    Path file = Models.write(directory, "model", text.getBytes(StandardCharsets.UTF_8));

    assertRefused(file, "bytes", "a model of ONNX");
  }

  @Test
  void shouldRefuseOperatorSetsThatItDoesNotKnow() {
    assertRefused(opset("", 6), "operator set 6 of ai.onnx", "7 to 26");
    assertRefused(opset("", 27), "operator set 27 of ai.onnx", "7 to 26");
    assertRefused(opset("ai.onnx.ml", 0), "operator set 0 of ai.onnx.ml", "1 to 5");
    assertRefused(opset("ai.onnx.ml", 6), "operator set 6 of ai.onnx.ml", "1 to 5");
    assertRefused(opset("com.example", 1), "the domain com.example", "ai.onnx and ai.onnx.ml");
  }

  /** What is told to be known is. */
  @Test
  void shouldTakeTheOldestAndTheNewestOperatorSets() throws Exception {
    for (long version : new long[] {OnnxFile.LEAST_OPSET, OnnxFile.GREATEST_OPSET}) {
      OnnxForecaster.load(opset("", version), "model", Optional.empty()).close();
    }
    byte[] network =
        Models.changed(
            Models.networkFile(),
            model -> model.getOpsetImportBuilder(1).setVersion(OnnxFile.GREATEST_ML_OPSET));
    OnnxForecaster.load(Models.write(directory, "net", network), "model", Optional.empty()).close();
  }

  @Test
  void shouldRefuseAModelThatDoesNotSayWhatItReads() {
    assertRefused(changed(model -> model.removeMetadataProps(0)), "no metadata quantum.features");
    assertRefused(changed(model -> model.removeMetadataProps(1)), "no metadata quantum.outputs");
    assertRefused(features("trend,tide"), "'tide' in quantum.features", "features of this version");
    assertRefused(features("trend, p_trend"), "' p_trend' in quantum.features");
    assertRefused(features(""), "'' in quantum.features");
    assertRefused(
        changed(model -> model.getMetadataPropsBuilder(1).setValue("up,flat,down")),
        "quantum.outputs = up,flat,down",
        "down,flat,up");
  }

  @Test
  void shouldRefuseInputsOfAnotherShape() {
    assertRefused(features("trend"), "features: FLOAT [-1, 2]", "float [batch of 1 or any, 1]");
    assertRefused(
        changed(model -> inputDimension(model, 0, 2)), "features: FLOAT [2, 2]", "1 or any, 2]");
    assertRefused(
        changed(
            model ->
                model
                    .getGraphBuilder()
                    .getInputBuilder(0)
                    .getTypeBuilder()
                    .getTensorTypeBuilder()
                    .setElemType(TensorProto.DataType.DOUBLE.getNumber())),
        "features: DOUBLE [-1, 2]");
    assertRefused(
        changed(
            model ->
                model
                    .getGraphBuilder()
                    .addInput(model.getGraph().getInput(0).toBuilder().setName("another").build())),
        "2 inputs",
        "one");
  }

  @Test
  void shouldTakeABatchOfOne() throws Exception {
    Path file = changed(model -> inputDimension(model, 0, 1));

    OnnxForecaster.load(file, "model", Optional.empty()).close();
  }

  @Test
  void shouldRefuseOutputsOfAnotherShape() {
    byte[] hidden =
        Models.changed(
            Models.networkFile(),
            model -> {
              outputDimension(model, 1, 2);
              model.getGraphBuilder().getOutputBuilder(0).setName("hidden1");
            });
    byte[] two =
        Models.changed(
            Models.networkFile(),
            model -> {
              outputDimension(model, 1, 2);
              // The probabilities are what was hidden, and nothing follows them.
              model.getGraphBuilder().getNodeBuilder(3).setOutput(0, "probabilities");
              model.getGraphBuilder().removeNode(5).removeNode(4);
            });
    byte[] classes =
        Models.changed(
            Models.treesFile(),
            model -> {
              model.getGraphBuilder().getNodeBuilder(0).setOutput(0, "probabilities");
              model.getGraphBuilder().getNodeBuilder(0).setOutput(1, "scores");
              model
                  .getGraphBuilder()
                  .getOutputBuilder(0)
                  .getTypeBuilder()
                  .getTensorTypeBuilder()
                  .setElemType(TensorProto.DataType.INT64.getNumber())
                  .getShapeBuilder()
                  .removeDim(1);
            });

    assertRefused(
        Models.write(directory, "hidden", hidden),
        "no output probabilities",
        "float [batch of 1 or any, 3] by that name");
    assertRefused(Models.write(directory, "two", two), "probabilities: FLOAT [-1, 2]", "any, 3]");
    assertRefused(Models.write(directory, "classes", classes), "probabilities: INT64 [-1]");
  }

  @Test
  void shouldRefuseWeightsInAnotherFile() {
    byte[] bytes =
        Models.changed(
            Models.networkFile(),
            model ->
                model
                    .getGraphBuilder()
                    .getInitializerBuilder(0)
                    .setDataLocation(TensorProto.DataLocation.EXTERNAL));

    assertRefused(Models.write(directory, "model", bytes), "weights in another file", "hash");
  }

  @Test
  void shouldRefuseAGraphThatCannotBeRun() {
    assertRefused(
        changed(model -> model.getGraphBuilder().getNodeBuilder(0).setInput(0, "nowhere")),
        "nowhere",
        "a model that ONNX Runtime runs");
  }

  /** The logarithm of the standardised inputs of all zeros, which are below 0. */
  @Test
  void shouldRefuseAGraphThatYieldsNoNumber() {
    byte[] bytes = Models.changed(Models.networkFile(), model -> Models.through(model, "Log"));

    assertRefused(
        Models.write(directory, "model", bytes),
        "where all features are 0: probabilities that are no numbers: up NaN",
        "probabilities that add up to 1");
  }

  @Test
  void shouldRefuseScoresThatAreNoProbabilities() {
    byte[] bytes =
        Models.changed(
            Models.networkFile(),
            model ->
                model.getGraphBuilder().getNodeBuilder(5).setOpType("Softplus").clearAttribute());

    assertRefused(Models.write(directory, "model", bytes), "probabilities that add up to ");
  }

  @Test
  void shouldSayThatThereIsNoRuntimeHere() {
    Path file = Models.write(directory, "model", Models.treesFile());

    for (LinkageError error :
        List.of(
            new UnsatisfiedLinkError("libonnxruntime.so"),
            new NoClassDefFoundError("ai/onnxruntime/OnnxRuntime"),
            new ExceptionInInitializerError(new RuntimeException("no library")))) {
      assertThatThrownBy(
              () ->
                  OnnxForecaster.load(
                      file,
                      "model",
                      Optional.empty(),
                      () -> {
                        throw error;
                      }))
          .isInstanceOf(ModelRefusedException.class)
          .hasMessageContaining("no ONNX Runtime for " + System.getProperty("os.name"))
          .hasMessageContaining(error.getClass().getSimpleName())
          .hasMessageContaining("the trend rule needs none");
    }
  }

  /** Roots there are where the standardised inputs are not below 0, so not of all zeros. */
  @Test
  void shouldGoOnWithoutAMemberThatYieldsNoNumber() throws Exception {
    byte[] odd =
        Models.changed(
            Models.networkFile(),
            model -> {
              Models.through(model, "Sqrt");
              // Means of -1 keep it a number for features of 0, by which it is loaded.
              model
                  .getGraphBuilder()
                  .getInitializerBuilder(0)
                  .setFloatData(0, -1)
                  .setFloatData(1, -1);
            });
    Forecaster sound = load("sound", Models.treesFile());
    Forecaster ill = load("ill", odd);
    FeatureVector fine = Vectors.of(Models.INPUTS, 0.7, 0.8);
    FeatureVector below = Vectors.of(Models.INPUTS, -1.5, 0.8);

    try (Ensemble ensemble =
        new Ensemble(
            new ModelId("all", "1"),
            List.of(
                member(sound),
                member(ill),
                new Member(refused("lost", Models.write(directory, "lost", new byte[3])), 1)),
            0.3,
            0)) {
      assertThat(ensemble.forecast(fine).members().get(1).given()).isPresent();

      EnsembleVote vote = ensemble.forecast(below);

      assertThat(fault(vote.members().get(1))).isEqualTo(ForecastFault.MODEL_NOT_A_NUMBER);
      assertThat(fault(vote.members().get(2))).isEqualTo(ForecastFault.MODEL_MISSING);
      assertThat(vote.combined().given()).isEqualTo(vote.members().get(0).given()).isPresent();
    }
  }

  /** What a closed model does is for its guard to catch. */
  @Test
  void shouldThrowWhereItIsClosed() throws Exception {
    OnnxForecaster forecaster = load("model", Models.treesFile());

    forecaster.close();

    assertThatThrownBy(() -> forecaster.forecast(SOME)).isInstanceOf(IllegalStateException.class);
  }

  private static ForecastFault fault(ForecastResult result) {
    return ((Failed) result).fault();
  }

  private static GuardedForecaster refused(String name, Path file) {
    try (OnnxForecaster forecaster = OnnxForecaster.load(file, name, Optional.empty())) {
      throw new AssertionError("taken: " + forecaster.id());
    } catch (ModelRefusedException e) {
      return GuardedForecaster.missing(ModelId.unversioned(name), e.getMessage());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Member member(Forecaster forecaster) {
    return new Member(
        new GuardedForecaster(forecaster, Duration.ofMinutes(1), System::nanoTime), 1);
  }

  private OnnxForecaster load(String name, byte[] bytes) throws ModelRefusedException {
    return OnnxForecaster.load(Models.write(directory, name, bytes), name, Optional.empty());
  }

  private Path changed(Consumer<ModelProto.Builder> change) {
    return Models.write(directory, "model", Models.changed(Models.treesFile(), change));
  }

  private Path features(String labels) {
    return changed(model -> model.getMetadataPropsBuilder(0).setValue(labels));
  }

  private Path opset(String domain, long version) {
    return changed(
        model -> {
          switch (domain) {
            case "" -> model.getOpsetImportBuilder(0).setVersion(version);
            case "ai.onnx.ml" -> model.getOpsetImportBuilder(1).setVersion(version);
            default -> model.addOpsetImportBuilder().setDomain(domain).setVersion(version);
          }
        });
  }

  private static void inputDimension(ModelProto.Builder model, int dimension, long size) {
    model
        .getGraphBuilder()
        .getInputBuilder(0)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .getShapeBuilder()
        .getDimBuilder(dimension)
        .setDimValue(size);
  }

  private static void outputDimension(ModelProto.Builder model, int dimension, long size) {
    model
        .getGraphBuilder()
        .getOutputBuilder(0)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .getShapeBuilder()
        .getDimBuilder(dimension)
        .setDimValue(size);
  }

  private static void assertRefused(Path file, String found, String... needed) {
    assertThatThrownBy(() -> OnnxForecaster.load(file, "model", Optional.empty()))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("model " + file + ": found ")
        .hasMessageContaining(found)
        .message()
        .contains(needed.length == 0 ? "; needed " : needed[0])
        .doesNotContain("\n");
  }
}
