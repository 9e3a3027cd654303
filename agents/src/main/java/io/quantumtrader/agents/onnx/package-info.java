/** Models in files of ONNX: run by ONNX Runtime, and written by what trains them. */
package io.quantumtrader.agents.onnx;
