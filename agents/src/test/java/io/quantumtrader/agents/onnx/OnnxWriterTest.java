package io.quantumtrader.agents.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import io.quantumtrader.agents.feature.Feature;
import io.quantumtrader.agents.forecast.Forecast;
import io.quantumtrader.agents.forecast.Outcome;
import io.quantumtrader.agents.forecast.Vectors;
import io.quantumtrader.agents.onnx.Network.Layer;
import io.quantumtrader.agents.onnx.TreeEnsemble.Leaf;
import io.quantumtrader.agents.onnx.TreeEnsemble.Node;
import io.quantumtrader.agents.onnx.TreeEnsemble.Split;
import io.quantumtrader.agents.onnx.TreeEnsemble.Tree;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OnnxWriterTest {

  private static final double SINGLE = 1e-6;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    // Trend, its probability; scores of down and up by the trees, flat has 0.
    " 0.4999999, 0.9, -0.5, -0.875",
    " 0.5,       0.9, -0.5,  2.125",
    // 0.6 is below the threshold in double precision and at it in single precision.
    " 0.5,       0.6, -0.5,  2.125",
    " 0.5,       0.5, -0.5,  0.375",
    "-0.5,       0.9, -0.5, -0.875",
    "-0.6,       0.9,  1.5, -0.875",
  })
  void shouldWriteTrees(double trend, double probability, double down, double up) throws Exception {
    double sum = Math.exp(down) + 1 + Math.exp(up);

    Forecast forecast = forecast(Models.treesFile(), trend, probability);

    assertThat(forecast.down()).isEqualTo(Math.exp(down) / sum, within(SINGLE));
    assertThat(forecast.flat()).isEqualTo(1 / sum, within(SINGLE));
    assertThat(forecast.up()).isEqualTo(Math.exp(up) / sum, within(SINGLE));
  }

  /**
   * For the trend 3 and its probability 0.75 the standardised inputs are 1 and 1, so the hidden
   * outputs 1.75 and 0.5 and the scores -1.25, 0.125 and 2. For 3 and 0.25 they are 1 and -1, 0.75
   * and nothing, -0.75, 0.125 and 0.75.
   */
  @ParameterizedTest
  @CsvSource({"3, 0.75, -1.25, 0.125, 2", "3, 0.25, -0.75, 0.125, 0.75"})
  void shouldWriteNetworks(double trend, double probability, double down, double flat, double up)
      throws Exception {
    double sum = Math.exp(down) + Math.exp(flat) + Math.exp(up);

    Forecast forecast = forecast(Models.networkFile(), trend, probability);
    double[] expected = Models.network().probabilities(new double[] {trend, probability});

    assertThat(expected)
        .containsExactly(
            new double[] {Math.exp(down) / sum, Math.exp(flat) / sum, Math.exp(up) / sum},
            within(1e-12));
    assertThat(forecast.down()).isEqualTo(expected[0], within(SINGLE));
    assertThat(forecast.flat()).isEqualTo(expected[1], within(SINGLE));
    assertThat(forecast.up()).isEqualTo(expected[2], within(SINGLE));
  }

  @Test
  void shouldNotOverflowByLargeScores() throws Exception {
    assertThat(Network.softmax(new double[] {-1000, 0, 1000})).containsExactly(0, 0, 1);
    assertThat(forecast(Models.networkFile(), 1e6, 0.5).up()).isEqualTo(1);
  }

  @Test
  void shouldSayWhatItReadsAndAnswers() throws Exception {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("trained", "2026-01-01");
    metadata.put("horizon", "15");

    ModelProto model =
        ModelProto.parseFrom(OnnxWriter.trees(Models.trees(), Models.INPUTS, metadata));

    assertThat(model.getMetadataPropsList())
        .extracting(StringStringEntryProto::getKey, StringStringEntryProto::getValue)
        .containsExactly(
            tuple("horizon", "15"),
            tuple("quantum.features", "trend,p_trend"),
            tuple("quantum.outputs", "down,flat,up"),
            tuple("trained", "2026-01-01"));
  }

  @Test
  void shouldWriteTheSameBytesForTheSameModel() {
    Map<String, String> oneOrder = new LinkedHashMap<>();
    oneOrder.put("b", "1");
    oneOrder.put("a", "2");
    Map<String, String> another = new LinkedHashMap<>();
    another.put("a", "2");
    another.put("b", "1");

    assertThat(OnnxWriter.trees(Models.trees(), Models.INPUTS, oneOrder))
        .isEqualTo(OnnxWriter.trees(Models.trees(), Models.INPUTS, another));
    assertThat(Models.networkFile()).isEqualTo(Models.networkFile());
  }

  @Test
  void shouldRefuseWhatCannotBeRead() {
    Node tooFar = new Split(2, 0, new Leaf(0), new Leaf(1));
    Node noThreshold = new Split(0, Float.NaN, new Leaf(0), new Leaf(1));
    Node noScore = new Split(0, 0, new Leaf(0), new Leaf(Float.POSITIVE_INFINITY));

    for (Node root : List.of(tooFar, noThreshold, noScore)) {
      TreeEnsemble trees = new TreeEnsemble(List.of(new Tree(Outcome.UP, root)));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> OnnxWriter.trees(trees, Models.INPUTS, Map.of()));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxWriter.trees(Models.trees(), List.of(), Map.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxWriter.network(Models.network(), List.of(Feature.MU), Map.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                OnnxWriter.trees(
                    Models.trees(), Models.INPUTS, Map.of("quantum.features", "trend")));
  }

  @Test
  void shouldRefuseNetworksWhoseSizesDoNotFit() {
    double[] two = {1, 1};
    Layer threeByTwo = new Layer(new double[3][2], new double[3]);
    Layer twoByTwo = new Layer(new double[2][2], new double[2]);

    assertThat(new Network(two, two, List.of(twoByTwo, threeByTwo)).layers()).hasSize(2);
    for (List<Layer> layers :
        List.of(
            List.<Layer>of(),
            List.of(twoByTwo),
            List.of(threeByTwo, threeByTwo),
            List.of(new Layer(new double[3][2], new double[2])))) {
      assertThatIllegalArgumentException().isThrownBy(() -> new Network(two, two, layers));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Network(two, new double[1], List.of(threeByTwo)));
  }

  private Forecast forecast(byte[] model, double... values) throws Exception {
    Path file = Models.write(directory, "model", model);
    try (OnnxForecaster forecaster = OnnxForecaster.load(file, "model", Optional.empty())) {
      return forecaster.forecast(Vectors.of(Models.INPUTS, values));
    }
  }
}
