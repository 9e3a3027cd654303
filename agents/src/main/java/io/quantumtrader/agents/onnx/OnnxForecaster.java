package io.quantumtrader.agents.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.quantumtrader.agents.feature.Feature;
import io.quantumtrader.agents.feature.FeatureVector;
import io.quantumtrader.agents.forecast.Forecast;
import io.quantumtrader.agents.forecast.Forecaster;
import io.quantumtrader.agents.forecast.ModelId;
import io.quantumtrader.agents.forecast.NotANumberException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A model in a file of ONNX, run by <a href="https://onnxruntime.ai/docs/api/java/">ONNX
 * Runtime</a> on the processor, with one thread and the order of the graph, so that the same
 * features give the same bits. Its metadata has to say which features it reads ({@code
 * quantum.features}, labels by commas) and that its output {@code probabilities} is {@code
 * down,flat,up} ({@code quantum.outputs}). It holds memory outside of the heap until it is closed.
 */
public final class OnnxForecaster implements Forecaster {

  /** How far a sum of probabilities in single precision may lie from 1; they are divided by it. */
  private static final double TOLERANCE = 1e-4;

  /** The first runs are slower, as memory is taken and tables are built. */
  private static final int WARM_UP_RUNS = 3;

  private static final String SHAPE_NEEDED = "float [batch of 1 or any, ";

  private final ModelId id;
  private final List<Feature> inputs;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final String inputName;

  private OnnxForecaster(
      ModelId id,
      List<Feature> inputs,
      OrtEnvironment environment,
      OrtSession session,
      String inputName) {
    this.id = id;
    this.inputs = inputs;
    this.environment = environment;
    this.session = session;
    this.inputName = inputName;
  }

  /**
   * Loads a model and runs it a few times.
   *
   * @param file the file
   * @param name what the model is called; its version is the beginning of the file's hash
   * @param expectedSha256 what the file's SHA-256 has to be, 64 hexadecimal digits; empty for any
   * @throws ModelRefusedException if the file is not such a model, or ONNX Runtime does not run
   *     here
   * @throws IllegalArgumentException if the name has another form
   */
  public static OnnxForecaster load(Path file, String name, Optional<String> expectedSha256)
      throws ModelRefusedException {
    return load(file, name, expectedSha256, OrtEnvironment::getEnvironment);
  }

  /** As the other one, with what brings up ONNX Runtime: its first use loads native libraries. */
  static OnnxForecaster load(
      Path file, String name, Optional<String> expectedSha256, Supplier<OrtEnvironment> runtime)
      throws ModelRefusedException {
    OnnxFile read = OnnxFile.read(file, expectedSha256);
    ModelId id = ModelId.ofFile(name, read.sha256());
    try {
      OrtEnvironment environment = runtime.get();
      return checked(read, id, environment, open(environment, read.bytes()));
    } catch (OrtException e) {
      throw new ModelRefusedException(file, e.getMessage(), "a model that ONNX Runtime runs", e);
    } catch (LinkageError e) {
      throw new ModelRefusedException(
          file,
          "no ONNX Runtime for %s on %s (%s)"
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), cause(e)),
          "Linux or macOS on aarch64, Linux or Windows on x86-64; the trend rule needs none",
          e);
    }
  }

  /** What went wrong while a class was made ready says more than that it did. */
  private static Throwable cause(LinkageError error) {
    return error.getCause() == null ? error : error.getCause();
  }

  private static OrtSession open(OrtEnvironment environment, byte[] bytes) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setDeterministicCompute(true);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      return environment.createSession(bytes, options);
    }
  }

  private static OnnxForecaster checked(
      OnnxFile read, ModelId id, OrtEnvironment environment, OrtSession session)
      throws ModelRefusedException, OrtException {
    boolean taken = false;
    try {
      String input = inputName(read, session.getInputInfo());
      checkOutput(read.file(), session.getOutputInfo().get(OnnxNames.PROBABILITIES));
      OnnxForecaster forecaster =
          new OnnxForecaster(id, read.features(), environment, session, input);
      forecaster.warmUp(read.file());
      taken = true;
      return forecaster;
    } finally {
      if (!taken) {
        session.close();
      }
    }
  }

  private static String inputName(OnnxFile read, Map<String, NodeInfo> inputs)
      throws ModelRefusedException {
    int width = read.features().size();
    if (inputs.size() != 1) {
      throw new ModelRefusedException(read.file(), inputs.size() + " inputs", "one");
    }
    NodeInfo input = inputs.values().iterator().next();
    if (!isMatrix(input, width)) {
      throw new ModelRefusedException(
          read.file(),
          text(input),
          SHAPE_NEEDED + "%d], one for each of %s".formatted(width, OnnxNames.FEATURES));
    }
    return input.getName();
  }

  private static void checkOutput(Path file, NodeInfo output) throws ModelRefusedException {
    if (output == null || !isMatrix(output, OnnxNames.CLASSES)) {
      throw new ModelRefusedException(
          file,
          output == null ? "no output " + OnnxNames.PROBABILITIES : text(output),
          SHAPE_NEEDED + OnnxNames.CLASSES + "] by that name");
    }
  }

  private static boolean isMatrix(NodeInfo node, int columns) {
    if (!(node.getInfo() instanceof TensorInfo tensor) || tensor.type != OnnxJavaType.FLOAT) {
      return false;
    }
    long[] shape = tensor.getShape();
    return shape.length == 2 && (shape[0] == 1 || shape[0] == -1) && shape[1] == columns;
  }

  private static String text(NodeInfo node) {
    return node.getInfo() instanceof TensorInfo tensor
        ? "%s: %s %s".formatted(node.getName(), tensor.type, Arrays.toString(tensor.getShape()))
        : "%s: %s".formatted(node.getName(), node.getInfo());
  }

  private void warmUp(Path file) throws ModelRefusedException, OrtException {
    for (int i = 0; i < WARM_UP_RUNS; i++) {
      try {
        run(new float[inputs.size()]);
      } catch (IllegalArgumentException e) {
        throw new ModelRefusedException(
            file,
            "where all features are 0: " + e.getMessage(),
            "probabilities that add up to 1",
            e);
      }
    }
  }

  @Override
  public ModelId id() {
    return id;
  }

  @Override
  public List<Feature> inputs() {
    return inputs;
  }

  /**
   * Forecasts.
   *
   * @param features all of {@link #inputs} have to be known in it
   * @throws NotANumberException if a probability is NaN or infinite
   * @throws IllegalArgumentException if the probabilities are not from 0 to 1, or do not add up to
   *     1
   * @throws OrtException if ONNX Runtime cannot run the model
   */
  @Override
  public Forecast forecast(FeatureVector features) throws OrtException {
    float[] values = new float[inputs.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) features.value(inputs.get(i));
    }
    return run(values);
  }

  /**
   * Gives back the memory of the model.
   *
   * @throws IllegalStateException if it is closed already, or ONNX Runtime cannot close it
   */
  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot close " + id, e);
    }
  }

  private Forecast run(float[] values) throws OrtException {
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(values), new long[] {1, values.length});
        OrtSession.Result result =
            session.run(Map.of(inputName, tensor), Set.of(OnnxNames.PROBABILITIES))) {
      return forecast(((OnnxTensor) result.get(0)).getFloatBuffer());
    }
  }

  private static Forecast forecast(FloatBuffer answer) {
    if (answer.remaining() != OnnxNames.CLASSES) {
      throw new IllegalArgumentException(answer.remaining() + " probabilities");
    }
    float down = answer.get();
    float flat = answer.get();
    float up = answer.get();
    double sum = (double) down + flat + up;
    if (Double.isFinite(sum) && Math.abs(sum - 1) > TOLERANCE) {
      throw new IllegalArgumentException(
          "probabilities that add up to %s: up %s, flat %s, down %s"
              .formatted(sum, up, flat, down));
    }
    return Forecast.proportional(up, flat, down);
  }
}
