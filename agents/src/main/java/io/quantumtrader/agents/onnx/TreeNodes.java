package io.quantumtrader.agents.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.quantumtrader.agents.onnx.TreeEnsemble.Leaf;
import io.quantumtrader.agents.onnx.TreeEnsemble.Node;
import io.quantumtrader.agents.onnx.TreeEnsemble.Split;
import io.quantumtrader.agents.onnx.TreeEnsemble.Tree;
import java.util.ArrayList;
import java.util.List;

/**
 * Trees as the lists of the operator <a
 * href="https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsembleClassifier.html">TreeEnsembleClassifier</a>:
 * one entry for each node, parents before children. Used for one ensemble.
 */
final class TreeNodes {

  private final int inputs;
  private final List<Long> treeIds = new ArrayList<>();
  private final List<Long> nodeIds = new ArrayList<>();
  private final List<Long> featureIds = new ArrayList<>();
  private final List<String> modes = new ArrayList<>();
  private final List<Float> thresholds = new ArrayList<>();
  private final List<Long> belowIds = new ArrayList<>();
  private final List<Long> otherwiseIds = new ArrayList<>();
  private final List<Long> leafTreeIds = new ArrayList<>();
  private final List<Long> leafNodeIds = new ArrayList<>();
  private final List<Long> leafClasses = new ArrayList<>();
  private final List<Float> leafScores = new ArrayList<>();

  TreeNodes(int inputs) {
    this.inputs = inputs;
  }

  /** Returns the operator; its other output is the most probable class. */
  NodeProto classifier(TreeEnsemble ensemble, String input, String probabilities) {
    for (int tree = 0; tree < ensemble.trees().size(); tree++) {
      Tree each = ensemble.trees().get(tree);
      add(each, tree, each.root(), 0);
    }
    return NodeProto.newBuilder()
        .setName(probabilities)
        .setOpType("TreeEnsembleClassifier")
        .setDomain(OnnxNames.ML_DOMAIN)
        .addInput(input)
        .addOutput("class")
        .addOutput(probabilities)
        .addAttribute(OnnxAttributes.longs("nodes_treeids", treeIds))
        .addAttribute(OnnxAttributes.longs("nodes_nodeids", nodeIds))
        .addAttribute(OnnxAttributes.longs("nodes_featureids", featureIds))
        .addAttribute(OnnxAttributes.strings("nodes_modes", modes))
        .addAttribute(OnnxAttributes.floats("nodes_values", thresholds))
        .addAttribute(OnnxAttributes.longs("nodes_truenodeids", belowIds))
        .addAttribute(OnnxAttributes.longs("nodes_falsenodeids", otherwiseIds))
        .addAttribute(OnnxAttributes.longs("class_treeids", leafTreeIds))
        .addAttribute(OnnxAttributes.longs("class_nodeids", leafNodeIds))
        .addAttribute(OnnxAttributes.longs("class_ids", leafClasses))
        .addAttribute(OnnxAttributes.floats("class_weights", leafScores))
        .addAttribute(OnnxAttributes.longs("classlabels_int64s", List.of(0L, 1L, 2L)))
        .addAttribute(OnnxAttributes.of("post_transform", "SOFTMAX"))
        .build();
  }

  /** Adds a node and those below it, and returns the next number that is free in its tree. */
  private long add(Tree tree, long treeId, Node node, long nodeId) {
    treeIds.add(treeId);
    nodeIds.add(nodeId);
    return switch (node) {
      case Leaf leaf -> addLeaf(tree, treeId, leaf, nodeId);
      case Split split -> addSplit(tree, treeId, split, nodeId);
    };
  }

  private long addLeaf(Tree tree, long treeId, Leaf leaf, long nodeId) {
    checkFinite(leaf.score());
    featureIds.add(0L);
    modes.add("LEAF");
    thresholds.add(0f);
    belowIds.add(0L);
    otherwiseIds.add(0L);
    leafTreeIds.add(treeId);
    leafNodeIds.add(nodeId);
    leafClasses.add((long) tree.outcome().label());
    leafScores.add(leaf.score());
    return nodeId + 1;
  }

  private long addSplit(Tree tree, long treeId, Split split, long nodeId) {
    checkFinite(split.threshold());
    if (split.input() < 0 || split.input() >= inputs) {
      throw new IllegalArgumentException(
          "a tree reads input %d of %d".formatted(split.input(), inputs));
    }
    featureIds.add((long) split.input());
    modes.add("BRANCH_LT");
    thresholds.add(split.threshold());
    int place = belowIds.size();
    belowIds.add(nodeId + 1);
    otherwiseIds.add(0L);
    long otherwise = add(tree, treeId, split.below(), nodeId + 1);
    otherwiseIds.set(place, otherwise);
    return add(tree, treeId, split.otherwise(), otherwise);
  }

  private static void checkFinite(float number) {
    if (!Float.isFinite(number)) {
      throw new IllegalArgumentException("a number in a tree that is none: " + number);
    }
  }
}
