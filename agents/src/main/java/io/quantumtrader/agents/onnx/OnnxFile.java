package io.quantumtrader.agents.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.quantumtrader.agents.feature.Feature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a file says of the model in it, checked as far as that goes without running it.
 *
 * @param file the file
 * @param bytes what is in it
 * @param sha256 its SHA-256, 64 hexadecimal digits
 * @param features the features that the model reads, in its order
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares files
record OnnxFile(Path file, byte[] bytes, String sha256, List<Feature> features) {

  /** ONNX Runtime promises to run models from this operator set of the default domain on. */
  static final long LEAST_OPSET = 7;

  /** The newest operator set of the default domain that ONNX Runtime 1.28 takes for released. */
  static final long GREATEST_OPSET = 26;

  /** The first operator set of ai.onnx.ml. */
  static final long LEAST_ML_OPSET = 1;

  /** The newest operator set of ai.onnx.ml that ONNX Runtime 1.28 takes for released. */
  static final long GREATEST_ML_OPSET = 5;

  /**
   * Reads a file.
   *
   * @param expectedSha256 what its SHA-256 has to be, 64 hexadecimal digits; empty for any
   * @throws ModelRefusedException if it cannot be read, has another hash, is no model of ONNX,
   *     needs an operator set or another file that there is not, or does not say what it reads and
   *     answers
   */
  static OnnxFile read(Path file, Optional<String> expectedSha256) throws ModelRefusedException {
    byte[] bytes = bytes(file);
    String sha256 = sha256(bytes);
    if (expectedSha256.isPresent()
        && !sha256.equals(expectedSha256.get().toLowerCase(Locale.ROOT))) {
      throw new ModelRefusedException(file, "SHA-256 " + sha256, expectedSha256.get());
    }
    ModelProto model = parse(file, bytes);
    checkOperators(file, model);
    if (ExternalData.isUsedBy(model)) {
      throw new ModelRefusedException(
          file, "weights in another file", "all in one file, which its hash vouches for");
    }
    List<Feature> features = features(file, metadata(file, model, OnnxNames.FEATURES));
    String outputs = metadata(file, model, OnnxNames.OUTPUTS);
    if (!outputs.equals(OnnxNames.OUTCOMES)) {
      throw new ModelRefusedException(
          file, OnnxNames.OUTPUTS + " = " + outputs, OnnxNames.OUTCOMES);
    }
    return new OnnxFile(file, bytes, sha256, features);
  }

  private static byte[] bytes(Path file) throws ModelRefusedException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new ModelRefusedException(file, e.toString(), "a file that can be read", e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each Java platform has SHA-256", e);
    }
  }

  /** Bytes of something else may happen to be a message without any field that is known. */
  private static ModelProto parse(Path file, byte[] bytes) throws ModelRefusedException {
    String needed = "a model of ONNX";
    ModelProto model;
    try {
      model = ModelProto.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new ModelRefusedException(
          file, bytes.length + " bytes that are none: " + e.getMessage(), needed, e);
    }
    if (model.getGraph().getNodeCount() == 0) {
      throw new ModelRefusedException(file, bytes.length + " bytes without operators", needed);
    }
    return model;
  }

  private static void checkOperators(Path file, ModelProto model) throws ModelRefusedException {
    for (OperatorSetIdProto set : model.getOpsetImportList()) {
      switch (set.getDomain()) {
        case "", "ai.onnx" -> checkOperators(file, set, LEAST_OPSET, GREATEST_OPSET);
        case OnnxNames.ML_DOMAIN -> checkOperators(file, set, LEAST_ML_OPSET, GREATEST_ML_OPSET);
        default ->
            throw new ModelRefusedException(
                file,
                "operators of the domain " + set.getDomain(),
                "those of ai.onnx and " + OnnxNames.ML_DOMAIN);
      }
    }
  }

  private static void checkOperators(Path file, OperatorSetIdProto set, long least, long greatest)
      throws ModelRefusedException {
    if (set.getVersion() < least || set.getVersion() > greatest) {
      throw new ModelRefusedException(
          file,
          "operator set %d of %s"
              .formatted(set.getVersion(), set.getDomain().isEmpty() ? "ai.onnx" : set.getDomain()),
          "%d to %d".formatted(least, greatest));
    }
  }

  private static String metadata(Path file, ModelProto model, String key)
      throws ModelRefusedException {
    for (StringStringEntryProto entry : model.getMetadataPropsList()) {
      if (entry.getKey().equals(key)) {
        return entry.getValue();
      }
    }
    throw new ModelRefusedException(file, "no metadata " + key, "a model that says it");
  }

  private static List<Feature> features(Path file, String labels) throws ModelRefusedException {
    List<Feature> features = new ArrayList<>();
    for (String label : labels.split(",", -1)) {
      Optional<Feature> feature = Feature.named(label);
      if (feature.isEmpty()) {
        throw new ModelRefusedException(
            file,
            "'%s' in %s".formatted(label, OnnxNames.FEATURES),
            "features of this version, such as " + Feature.RETURN_1.label());
      }
      features.add(feature.get());
    }
    return List.copyOf(features);
  }
}
