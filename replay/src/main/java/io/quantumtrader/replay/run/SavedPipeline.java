package io.quantumtrader.replay.run;

import io.quantumtrader.agents.AgentMemory;
import io.quantumtrader.replay.stages.SavedStages;
import io.quantumtrader.schemas.topic.Topic;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.TaskId;

/**
 * What a pipeline in memory that has come to rest goes on from later.
 *
 * @param ends offset that the next record of each partition gets
 * @param compacted the last row of each key of the compacted topics, ascending by key
 * @param stages stores, tables and positions of the stages
 * @param inputs which records each task had taken, as the header of its output has it
 * @param diary what the executor was given
 * @param agent what the agent remembers; empty where there is none
 */
public record SavedPipeline(
    Map<TopicPartition, Long> ends,
    Map<Topic, NavigableMap<byte[], byte[]>> compacted,
    SavedStages stages,
    Map<TaskId, String> inputs,
    ExecutorDiary diary,
    Optional<AgentMemory> agent) {

  public SavedPipeline {
    ends = Map.copyOf(ends);
    compacted = Map.copyOf(compacted);
    inputs = Map.copyOf(inputs);
  }
}
