// The options that every field has, their editors (none here) and the transformations.
import * as data from '@grafana/data';

const nothing = () => null;

function option(id: string, process: any, more: object = {}): any {
  const common = { id, path: id, name: id, editor: nothing, override: process, process };
  return { ...common, settings: {}, shouldApply: () => true, category: ['Standard options'], ...more };
}

const THRESHOLDS = {
  mode: 'absolute',
  steps: [{ value: -Infinity, color: 'green' }, { value: 80, color: 'red' }],
};

const EDITORS = [
  'number', 'slider', 'text', 'strings', 'boolean', 'select', 'unit', 'links', 'actions', 'thresholds',
  'mappings', 'statsPicker', 'timezone', 'radio', 'multi-select', 'color', 'fieldColor', 'field-name',
  'dashboard-uid', 'stats-picker', 'sliderRange',
];

export function fillRegistries(): void {
  data.standardFieldConfigEditorRegistry.setInit(() => [
    option('unit', data.unitOverrideProcessor),
    option('min', data.numberOverrideProcessor),
    option('max', data.numberOverrideProcessor),
    option('fieldMinMax', data.booleanOverrideProcessor),
    option('decimals', data.numberOverrideProcessor),
    option('displayName', data.displayNameOverrideProcessor),
    option('color', data.identityOverrideProcessor),
    option('noValue', data.stringOverrideProcessor),
    option('links', data.dataLinksOverrideProcessor),
    option('actions', data.identityOverrideProcessor),
    option('mappings', data.valueMappingsOverrideProcessor, { defaultValue: [] }),
    option('thresholds', data.thresholdsOverrideProcessor, { defaultValue: THRESHOLDS }),
    option('filterable', data.booleanOverrideProcessor),
  ]);
  data.standardEditorsRegistry.setInit(() => EDITORS.map((id) => ({ id, name: id, editor: nothing })) as any);
  const transformers = new Map(Object.values(data.standardTransformers).map((each: any) => [each.id, each]));
  data.standardTransformersRegistry.setInit(
    () =>
      [...transformers.values()].map((transformation) => ({
        id: transformation.id,
        name: transformation.name,
        description: transformation.description,
        transformation,
        editor: nothing,
      })) as any
  );
}
