package io.quantumtrader.agents.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.quantumtrader.agents.feature.Feature;
import io.quantumtrader.agents.forecast.Outcome;
import io.quantumtrader.agents.onnx.Network.Layer;
import io.quantumtrader.agents.onnx.TreeEnsemble.Leaf;
import io.quantumtrader.agents.onnx.TreeEnsemble.Split;
import io.quantumtrader.agents.onnx.TreeEnsemble.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Small models of two features, sound ones and others. */
final class Models {

  static final List<Feature> INPUTS = List.of(Feature.TREND, Feature.P_TREND);

  private Models() {}

  /** Up where the trend is not below 0.5 and its probability not below 0.6. */
  static TreeEnsemble trees() {
    return new TreeEnsemble(
        List.of(
            new Tree(
                Outcome.UP,
                new Split(0, 0.5f, new Leaf(-1), new Split(1, 0.6f, new Leaf(0.25f), new Leaf(2)))),
            new Tree(Outcome.DOWN, new Split(0, -0.5f, new Leaf(1.5f), new Leaf(-0.5f))),
            new Tree(Outcome.UP, new Leaf(0.125f))));
  }

  static byte[] treesFile() {
    return OnnxWriter.trees(trees(), INPUTS, Map.of());
  }

  /** Two inputs, two hidden outputs of which one is off where the trend is low. */
  static Network network() {
    return new Network(
        new double[] {1, 0.5},
        new double[] {2, 0.25},
        List.of(
            new Layer(new double[][] {{1, 0.5}, {-1, 2}}, new double[] {0.25, -0.5}),
            new Layer(new double[][] {{-1, 1}, {0, 0}, {1, 0.5}}, new double[] {0, 0.125, 0})));
  }

  static byte[] networkFile() {
    return OnnxWriter.network(network(), INPUTS, Map.of());
  }

  /** Returns a model with some of it changed. */
  static byte[] changed(byte[] model, Consumer<ModelProto.Builder> change) {
    try {
      ModelProto.Builder builder = ModelProto.parseFrom(model).toBuilder();
      change.accept(builder);
      return builder.build().toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts an operator of one input between the standardised inputs and the rest of the network. */
  static void through(ModelProto.Builder model, String operator) {
    model
        .getGraphBuilder()
        .getNodeBuilderList()
        .forEach(
            node -> {
              if (node.getInput(0).equals("hidden0")) {
                node.setInput(0, "odd");
              }
            });
    model
        .getGraphBuilder()
        .addNode(
            2, NodeProto.newBuilder().setOpType(operator).addInput("hidden0").addOutput("odd"));
  }

  static Path write(Path directory, String name, byte[] bytes) {
    try {
      return Files.write(directory.resolve(name + ".onnx"), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
