/** The whole pipeline in one thread: stages, executor, paper exchange, agent and feed. */
package io.quantumtrader.replay.run;
