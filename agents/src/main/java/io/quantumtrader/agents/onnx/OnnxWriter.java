package io.quantumtrader.agents.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.quantumtrader.agents.feature.Feature;
import io.quantumtrader.agents.onnx.Network.Layer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes models as files of ONNX that {@link OnnxForecaster} reads. The same model gives the same
 * bytes. The operators are those of <a href="https://onnx.ai/onnx/operators/">the standard</a>: the
 * set 13 of the default domain (the first with Softmax along one axis) and the set 1 of ai.onnx.ml.
 */
public final class OnnxWriter {

  /**
   * What {@code model_ir_version} of the operator set 13 is, by the standard's table of versions.
   */
  private static final long IR_VERSION = 7;

  private static final long OPSET = 13;
  private static final long ML_OPSET = 1;
  private static final String INPUT = "features";
  private static final String PRODUCER = "quantum-streams";

  private OnnxWriter() {}

  /**
   * Writes trees as a TreeEnsembleClassifier.
   *
   * @param inputs the features that the trees' inputs are, in their order
   * @param metadata what else the file is to say, by keys that do not begin with {@code quantum.}
   * @throws IllegalArgumentException if there are no inputs, a tree reads an input that there is
   *     not or has a number that is none, or a key is reserved
   */
  public static byte[] trees(
      TreeEnsemble ensemble, List<Feature> inputs, Map<String, String> metadata) {
    GraphProto.Builder graph = graph("trees", inputs.size());
    graph.addNode(
        new TreeNodes(inputs.size()).classifier(ensemble, INPUT, OnnxNames.PROBABILITIES));
    return model(graph, inputs, metadata);
  }

  /**
   * Writes a network, with the standardisation of its inputs; its numbers are rounded to single
   * precision.
   *
   * @param inputs the features that the network's inputs are, in their order
   * @param metadata what else the file is to say, by keys that do not begin with {@code quantum.}
   * @throws IllegalArgumentException if the network has another number of inputs, or a key is
   *     reserved
   */
  public static byte[] network(
      Network network, List<Feature> inputs, Map<String, String> metadata) {
    int width = inputs.size();
    if (network.mean().length != width) {
      throw new IllegalArgumentException(
          "a network of %d inputs for %d features".formatted(network.mean().length, width));
    }
    GraphProto.Builder graph = graph("network", width);
    graph.addInitializer(tensor("mean", network.mean(), width));
    graph.addInitializer(tensor("scale", network.scale(), width));
    graph.addNode(node("Sub", "centred", INPUT, "mean"));
    graph.addNode(node("Div", "hidden0", "centred", "scale"));
    int last = network.layers().size();
    for (int i = 1; i <= last; i++) {
      addLayer(graph, network.layers().get(i - 1), i, i == last);
    }
    return model(graph, inputs, metadata);
  }

  private static void addLayer(GraphProto.Builder graph, Layer layer, int number, boolean last) {
    int outputs = layer.bias().length;
    int inputs = layer.weights()[0].length;
    String weights = "weights" + number;
    String bias = "bias" + number;
    String scores = "scores" + number;
    double[] flat = new double[outputs * inputs];
    for (int i = 0; i < outputs; i++) {
      System.arraycopy(layer.weights()[i], 0, flat, i * inputs, inputs);
    }
    graph.addInitializer(tensor(weights, flat, outputs, inputs));
    graph.addInitializer(tensor(bias, layer.bias(), outputs));
    graph.addNode(
        node("Gemm", scores, "hidden" + (number - 1), weights, bias).toBuilder()
            .addAttribute(OnnxAttributes.of("transB", 1)));
    graph.addNode(
        last
            ? node("Softmax", OnnxNames.PROBABILITIES, scores).toBuilder()
                .addAttribute(OnnxAttributes.of("axis", 1))
                .build()
            : node("Relu", "hidden" + number, scores));
  }

  private static NodeProto node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setName(output)
        .setOpType(operator)
        .addAllInput(List.of(inputs))
        .addOutput(output)
        .build();
  }

  private static TensorProto tensor(String name, double[] values, int... dimensions) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT.getNumber());
    for (int dimension : dimensions) {
      tensor.addDims(dimension);
    }
    for (double value : values) {
      tensor.addFloatData((float) value);
    }
    return tensor.build();
  }

  private static GraphProto.Builder graph(String name, int width) {
    if (width == 0) {
      throw new IllegalArgumentException("a model without features");
    }
    return GraphProto.newBuilder()
        .setName(name)
        .addInput(value(INPUT, width))
        .addOutput(value(OnnxNames.PROBABILITIES, OnnxNames.CLASSES));
  }

  /** A value of single precision, any number of rows by a number of columns. */
  private static ValueInfoProto value(String name, int columns) {
    TensorShapeProto shape =
        TensorShapeProto.newBuilder()
            .addDim(Dimension.newBuilder().setDimParam("batch"))
            .addDim(Dimension.newBuilder().setDimValue(columns))
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT.getNumber())
                        .setShape(shape)))
        .build();
  }

  private static byte[] model(
      GraphProto.Builder graph, List<Feature> inputs, Map<String, String> metadata) {
    Map<String, String> all = new TreeMap<>(metadata);
    for (String key : metadata.keySet()) {
      if (key.startsWith(OnnxNames.RESERVED)) {
        throw new IllegalArgumentException("metadata that is written by itself: " + key);
      }
    }
    all.put(OnnxNames.FEATURES, OnnxNames.labels(inputs));
    all.put(OnnxNames.OUTPUTS, OnnxNames.OUTCOMES);
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName(PRODUCER)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
            .addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain(OnnxNames.ML_DOMAIN).setVersion(ML_OPSET))
            .setGraph(graph);
    all.forEach(
        (key, value) ->
            model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.build().toByteArray();
  }
}
