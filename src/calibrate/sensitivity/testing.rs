//! SALib's test functions and its frozen answers (`tests/salib`).

use serde::Deserialize;
use std::collections::BTreeMap;

/// Some of SALib's answers; what a method does not give is empty.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Reference {
    pub mu: Vec<Option<f64>>,
    pub mu_star: Vec<Option<f64>>,
    pub sigma: Vec<Option<f64>>,
    pub mu_star_conf: Vec<Option<f64>>,
    #[serde(rename = "S1")]
    pub s1: Vec<Option<f64>>,
    #[serde(rename = "S1_conf")]
    pub s1_conf: Vec<Option<f64>>,
    #[serde(rename = "ST")]
    pub st: Vec<Option<f64>>,
    #[serde(rename = "ST_conf")]
    pub st_conf: Vec<Option<f64>>,
    pub rows: Vec<Vec<f64>>,
    pub outputs: Vec<f64>,
}

/// SALib's answers under a name.
pub fn reference(name: &str) -> Reference {
    let text = include_str!("../../../tests/salib/reference.json");
    let mut all: BTreeMap<String, serde_json::Value> = serde_json::from_str(text).unwrap();
    serde_json::from_value(all.remove(name).unwrap()).unwrap()
}

/// Groups of one coordinate each.
pub fn each_alone(dimensions: usize) -> Vec<Vec<usize>> {
    (0..dimensions).map(|column| vec![column]).collect()
}

/// The Ishigami function with a = 7 and b = 0.1.
pub fn ishigami(x: &[f64]) -> f64 {
    let sine = libm::sin(x[1]);
    libm::sin(x[0]) + 7.0 * sine * sine + 0.1 * x[2] * x[2] * x[2] * x[2] * libm::sin(x[0])
}

/// The Ishigami function with its coordinates brought to the unit cube.
pub fn unit_ishigami(x: &[f64]) -> f64 {
    let wide: Vec<f64> = x.iter().map(|place| std::f64::consts::PI * (2.0 * place - 1.0)).collect();
    ishigami(&wide)
}

/// Sobol's G function with the coefficients that SALib takes.
pub fn g(x: &[f64]) -> f64 {
    let coefficients = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];
    x.iter().zip(coefficients).map(|(place, a)| ((4.0 * place - 2.0).abs() + a) / (1.0 + a)).product()
}
