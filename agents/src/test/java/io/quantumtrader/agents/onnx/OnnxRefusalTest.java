package io.quantumtrader.agents.onnx;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file is refused for, and what it is not. */
final class OnnxRefusalTest {

  @TempDir Path directory;

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
          .hasMessageContaining(error.getCause() == null ? error.toString() : "no library")
          .hasMessageContaining("the trend rule needs none");
    }
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
