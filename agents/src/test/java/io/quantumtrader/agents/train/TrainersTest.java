package io.quantumtrader.agents.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.quantumtrader.agents.forecast.Forecast;
import io.quantumtrader.agents.forecast.Outcome;
import io.quantumtrader.agents.forecast.Vectors;
import io.quantumtrader.agents.onnx.Network;
import io.quantumtrader.agents.onnx.OnnxForecaster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TrainersTest {

  private static final long SEED = 7;
  private static final Samples LEARNT = Planted.samples(1500, 0.1, 1);
  private static final Samples HELD_OUT = Planted.samples(1000, 0, 2);
  private static final double SINGLE = 1e-5;

  @TempDir Path directory;

  static List<Trainer> trainers() {
    return Trainers.all();
  }

  static Stream<TreeTrainer> trees() {
    return Stream.of(TreeTrainer.byLevel(), TreeTrainer.byLeaf());
  }

  static Stream<NetworkTrainer> networks() {
    return Stream.of(NetworkTrainer.oneLayer(), NetworkTrainer.twoLayers());
  }

  /** Neither is the most frequent outcome, two in three; whoever always says so is right there. */
  @ParameterizedTest
  @MethodSource("trainers")
  void shouldLearnWhatWasPlanted(Trainer trainer) throws Exception {
    long flat = Arrays.stream(HELD_OUT.y()).filter(each -> each == 1).count();
    assertThat(flat).isBetween(600L, 720L);

    List<Forecast> forecasts = forecasts(trainer.train(LEARNT, SEED), HELD_OUT);

    long right =
        IntStream.range(0, HELD_OUT.size())
            .filter(i -> forecasts.get(i).mostProbable().label() == HELD_OUT.y()[i])
            .count();
    assertThat(right).as(trainer.name()).isGreaterThan(900);
    // And it is no less sure of the rarer ones.
    for (Outcome outcome : Outcome.values()) {
      double mean =
          IntStream.range(0, HELD_OUT.size())
              .filter(i -> HELD_OUT.y()[i] == outcome.label())
              .mapToDouble(i -> forecasts.get(i).of(outcome))
              .average()
              .orElseThrow();
      assertThat(mean).as("%s of %s", trainer.name(), outcome).isGreaterThan(0.7);
    }
  }

  @ParameterizedTest
  @MethodSource("trainers")
  void shouldWriteTheSameBytesForTheSameSeed(Trainer trainer) throws Exception {
    Samples samples = Planted.samples(300, 0.1, 3);

    byte[] first = trainer.train(samples, SEED);

    assertThat(trainer.train(samples, SEED)).isEqualTo(first);
    assertThat(trainer.train(samples, SEED + 1)).isNotEqualTo(first);
  }

  @ParameterizedTest
  @MethodSource("trees")
  void shouldWriteTreesThatAnswerAsXgboostDoes(TreeTrainer trainer) throws Exception {
    // What it has learnt from lies at its thresholds more often than anything else.
    for (Samples asked : List.of(LEARNT, HELD_OUT)) {
      List<Forecast> forecasts = forecasts(trainer.train(LEARNT, SEED), asked);
      Booster booster = trainer.booster(LEARNT, SEED);
      DMatrix matrix = TreeTrainer.matrix(asked.x());

      float[][] expected = booster.predict(matrix);

      for (int i = 0; i < asked.size(); i++) {
        assertSame(forecasts.get(i), expected[i][0], expected[i][1], expected[i][2]);
      }
      matrix.dispose();
      booster.dispose();
    }
  }

  @Test
  void shouldGrowTreesByLevelAndByLeaf() throws Exception {
    assertThat(TreeTrainer.byLevel().train(LEARNT, SEED))
        .isNotEqualTo(TreeTrainer.byLeaf().train(LEARNT, SEED));
    assertThat(leaves(TreeTrainer.byLevel())).isLessThanOrEqualTo(16).isGreaterThan(8);
    assertThat(leaves(TreeTrainer.byLeaf())).isEqualTo(12);
  }

  private static int leaves(TreeTrainer trainer) throws Exception {
    Booster booster = trainer.booster(LEARNT, SEED);
    int most = 0;
    for (String tree : booster.getModelDump("", false, "json")) {
      most = Math.max(most, tree.split("\"leaf\"", -1).length - 1);
    }
    booster.dispose();
    return most;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldWriteNetworksThatAnswerAsTheirForwardPassDoes(NetworkTrainer trainer)
      throws Exception {
    Network network = trainer.network(LEARNT, SEED);

    List<Forecast> forecasts = forecasts(trainer.train(LEARNT, SEED), HELD_OUT);

    for (int i = 0; i < HELD_OUT.size(); i++) {
      double[] expected = network.probabilities(HELD_OUT.x()[i]);
      assertSame(forecasts.get(i), expected[0], expected[1], expected[2]);
    }
  }

  @Test
  void shouldTrainNetworksOfTheLayersTheyAreNamedBy() {
    assertThat(NetworkTrainer.oneLayer().network(LEARNT, SEED).layers()).hasSize(2);
    assertThat(NetworkTrainer.twoLayers().network(LEARNT, SEED).layers()).hasSize(3);
  }

  /** Its mean in double precision is not its value, so there is some deviation by rounding. */
  @ParameterizedTest
  @MethodSource("trainers")
  void shouldLearnBesideAFeatureThatNeverChanges(Trainer trainer) throws Exception {
    Samples samples = Planted.samples(1500, 0.1, 1);
    for (double[] row : samples.x()) {
      row[1] = 0.1;
    }
    Samples asked = Planted.samples(500, 0, 2);

    List<Forecast> forecasts = forecasts(trainer.train(samples, SEED), asked);

    long right =
        IntStream.range(0, asked.size())
            .filter(i -> forecasts.get(i).mostProbable().label() == asked.y()[i])
            .count();
    assertThat(right).as(trainer.name()).isGreaterThan(400);
  }

  @Test
  void shouldSayThatThereIsNoLibraryHere() {
    TreeTrainer trainer =
        new TreeTrainer(
            "trees",
            Map.of(),
            (samples, parameters, rounds) -> {
              throw new UnsatisfiedLinkError("libgomp.so.1:\ncannot open");
            });

    assertThatExceptionOfType(TrainingException.class)
        .isThrownBy(() -> trainer.train(LEARNT, SEED))
        .withMessage(
            "no XGBoost for %s on %s, so no trees: java.lang.UnsatisfiedLinkError: libgomp.so.1:"
                + " cannot open",
            System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  @Test
  void shouldSayWhyXgboostCannotTrain() {
    TreeTrainer trainer =
        new TreeTrainer(
            "trees",
            Map.of(),
            (samples, parameters, rounds) -> {
              throw new XGBoostError("no\nmemory");
            });

    assertThatExceptionOfType(TrainingException.class)
        .isThrownBy(() -> trainer.train(LEARNT, SEED))
        .withMessage("XGBoost cannot train trees: no memory");
  }

  private List<Forecast> forecasts(byte[] model, Samples samples) throws Exception {
    Path file = Files.write(directory.resolve("model.onnx"), model);
    try (OnnxForecaster forecaster = OnnxForecaster.load(file, "model", Optional.empty())) {
      assertThat(forecaster.inputs()).isEqualTo(samples.inputs());
      Forecast[] forecasts = new Forecast[samples.size()];
      for (int i = 0; i < forecasts.length; i++) {
        forecasts[i] = forecaster.forecast(Vectors.of(samples.inputs(), samples.x()[i]));
      }
      return List.of(forecasts);
    }
  }

  private static void assertSame(Forecast forecast, double down, double flat, double up) {
    assertThat(forecast.down()).isEqualTo(down, within(SINGLE));
    assertThat(forecast.flat()).isEqualTo(flat, within(SINGLE));
    assertThat(forecast.up()).isEqualTo(up, within(SINGLE));
  }
}
