package io.quantumtrader.agents.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;

/**
 * Whether a model has numbers in other files. The hash of its file would say nothing of them, and
 * they would be looked for relative to wherever the process runs.
 */
final class ExternalData {

  private ExternalData() {}

  static boolean isUsedBy(ModelProto model) {
    return isUsedBy(model.getGraph())
        || model.getFunctionsList().stream().anyMatch(each -> isUsedBy(each.getNodeList()));
  }

  private static boolean isUsedBy(GraphProto graph) {
    return graph.getInitializerList().stream().anyMatch(ExternalData::isExternal)
        || graph.getSparseInitializerList().stream()
            .anyMatch(each -> isExternal(each.getValues()) || isExternal(each.getIndices()))
        || isUsedBy(graph.getNodeList());
  }

  private static boolean isUsedBy(List<NodeProto> nodes) {
    return nodes.stream()
        .flatMap(node -> node.getAttributeList().stream())
        .anyMatch(ExternalData::isUsedBy);
  }

  private static boolean isUsedBy(AttributeProto attribute) {
    return isExternal(attribute.getT())
        || attribute.getTensorsList().stream().anyMatch(ExternalData::isExternal)
        || (attribute.hasG() && isUsedBy(attribute.getG()))
        || attribute.getGraphsList().stream().anyMatch(ExternalData::isUsedBy);
  }

  private static boolean isExternal(TensorProto tensor) {
    return tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
  }
}
