/** Trains small models of features, and writes them as files of ONNX. */
package io.quantumtrader.agents.train;
